package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.event.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DetectionPolicyTest {
  private static final CountRule RULE =
      CountRule.of("hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE);

  @Test
  void refusesWhatMakesNoSense() {
    refused(() -> DetectionPolicy.builder("empty").build());
    refused(() -> builder().allowedLateness(Duration.ofSeconds(-1)).build());
    refused(() -> builder().idleTime(Duration.ZERO).build());
    refused(() -> builder().idleTime(Duration.ofSeconds(-5)).build());
    refused(() -> builder().maxDuration(Duration.ZERO).build());
    refused(() -> builder().maxDuration(Duration.ofHours(25)).build());
    refused(() -> builder().muteTime(Duration.ofSeconds(-1)).build());
    Duration tooLong = DetectionPolicy.LONGEST_TIME.plusNanos(1);
    refused(() -> builder().allowedLateness(tooLong).build());
    refused(() -> builder().idleTime(tooLong).build());
    refused(() -> builder().muteTime(tooLong).build());
    refused(() -> builder().decoyTime(tooLong).build());
    refused(() -> builder().decoyTime(Duration.ofSeconds(-1)).build());
    refused(() -> builder().sensitivePorts(Set.of(65_536)).build());
    refused(() -> builder().sensitivePorts(Set.of(-1)).build());
    refused(() -> builder().ladder(List.of(20, 20)).build());
    refused(() -> builder().ladder(List.of(0)).build());
    refused(() -> RULE.limit(0, 1, Duration.ofMinutes(5)));
    refused(() -> RULE.limit(1, 0, Duration.ofMinutes(5)));
    refused(() -> RULE.limit(1, 1, Duration.ofSeconds(3)));
    refused(() -> RULE.limit(1, 1, Duration.ofSeconds(0)));
    refused(() -> RULE.limit(1, 1, Duration.ofHours(25)));
    refused(() -> RULE.withAtLeast(1, 0, 0));
    refused(() -> RULE.withAtLeast(0, 1, 0));
    refused(() -> RULE.withAtLeast(0, 0, 1));
    refused(() -> new PortRange(5, 4));
    refused(() -> new PortRange(-1, 4));
    refused(() -> new PortRange(5, 65_536));
  }

  @Test
  void aCopyKeepsEverything() {
    DetectionPolicy policy =
        builder()
            .everyEvent(true)
            .sensitivePorts(Set.of(7))
            .ladder(List.of(3, 9))
            .idleTime(Duration.ofMinutes(3))
            .muteTime(Duration.ofMinutes(4))
            .maxDuration(Duration.ofMinutes(5))
            .allowedLateness(Duration.ofMinutes(6))
            .build();
    DetectionPolicy copy = policy.toBuilder().build();
    assertEquals("test", copy.name());
    assertEquals(policy.rules(), copy.rules());
    assertEquals(policy.everyEvent(), copy.everyEvent());
    assertEquals(policy.sensitivePorts(), copy.sensitivePorts());
    assertEquals(policy.ladder(), copy.ladder());
    assertEquals(policy.idleTime(), copy.idleTime());
    assertEquals(policy.muteTime(), copy.muteTime());
    assertEquals(policy.maxDuration(), copy.maxDuration());
    assertEquals(policy.allowedLateness(), copy.allowedLateness());
  }

  @Test
  void rulesAndTheNameAreReplacedAndAllElseStays() {
    DetectionPolicy defaults = DetectionPolicy.defaults();
    List<CountRule> one = List.of(RULE);
    DetectionPolicy changed =
        defaults.toBuilder().name("one").rules(one).jointRules(List.of()).build();
    assertEquals("one", changed.name());
    assertEquals(one, changed.rules());
    assertEquals(List.of(), changed.jointRules());
    assertEquals(
        defaults,
        changed.toBuilder()
            .name(defaults.name())
            .rules(defaults.rules())
            .jointRules(defaults.jointRules())
            .build());
    refused(() -> defaults.toBuilder().rules(List.of()).build());
    // The list may change later.
    List<CountRule> given = new ArrayList<>(one);
    DetectionPolicy.Builder builder = defaults.toBuilder().rules(given);
    given.clear();
    assertEquals(one, builder.build().rules());
  }

  @Test
  void everyServiceIsOfOneKind() {
    Set<Integer> sensitive = Set.of(22);
    assertEquals(ServiceGroup.TCP_SENSITIVE, ServiceGroup.of(Protocol.TCP, 22, sensitive));
    assertEquals(ServiceGroup.TCP_OTHER, ServiceGroup.of(Protocol.TCP, 23, sensitive));
    assertEquals(ServiceGroup.UDP, ServiceGroup.of(Protocol.UDP, 22, sensitive));
    assertEquals(ServiceGroup.ICMP, ServiceGroup.of(Protocol.ICMPV6, 0, sensitive));
    assertEquals(ServiceGroup.OTHER, ServiceGroup.of(Protocol.SCTP, 22, sensitive));
    assertEquals(ServiceGroup.OTHER, ServiceGroup.of(Protocol.UNKNOWN, 0, sensitive));
  }

  @Test
  void alertsNeedTheirEssentials() {
    assertThrows(NullPointerException.class, () -> ScanAlert.builder().build());
    ScanAlert.Builder alert =
        ScanAlert.builder().id("1").state(ScanAlert.State.OPENED).type(ScanType.BLOCK);
    assertEquals(ScanAlert.NOT_ENDED, alert.build().endedAtMicros());
    refused(() -> alert.confidence(101).build());
    refused(() -> alert.confidence(-1).build());
  }

  private static DetectionPolicy.Builder builder() {
    return DetectionPolicy.builder("test").rule(RULE);
  }

  private static void refused(Executable attempt) {
    assertThrows(IllegalArgumentException.class, attempt);
  }
}

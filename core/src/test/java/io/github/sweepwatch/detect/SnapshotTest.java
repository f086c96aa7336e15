package io.github.sweepwatch.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotTest {
  /** SHA-256 of a snapshot; changes with the format, and then so must a section's version. */
  private static final String FROZEN =
      "8c0c649983a52234a5ae88c86250fe591bacf84c7d6480440b640fbabc471546";

  /** What may be other than it was, and what is said of it. */
  private enum Other {
    POLICY("made under another policy"),
    LIMIT("made under another policy"),
    NETWORKS("made with other local networks"),
    KEY("made with another secret key"),
    BUDGET("made with a memory budget of 1048576 bytes, not 2097152");

    final String reason;

    Other(String reason) {
      this.reason = reason;
    }

    ScanDetector.Builder builder() {
      ScanDetector.Builder builder = SnapshotTest.builder();
      return switch (this) {
        case POLICY -> builder.policy(DetectionPolicy.spl());
        case LIMIT -> builder.policy(policy().toBuilder().idleTime(Duration.ofMinutes(9)).build());
        case NETWORKS -> builder.localNetworks(LocalNetworks.of("192.0.2.0/24"));
        case KEY -> builder.secretKey(1, 3);
        case BUDGET -> builder.memoryBudget(2 << 20);
      };
    }
  }

  /** One that no default touches. */
  private static DetectionPolicy policy() {
    return DetectionPolicy.builder("frozen")
        .sensitivePorts(Set.of(22, 445))
        .rule(
            CountRule.of("hosts", ScanType.HORIZONTAL, Measure.HOSTS_ON_SERVICE)
                .onFailures()
                .limit(20, 20, Duration.ofMinutes(5)))
        .rule(
            CountRule.of("services", ScanType.VERTICAL, Measure.SERVICES_ON_HOST)
                .onFailures()
                .limit(15, 15, Duration.ofMinutes(5)))
        .rule(
            CountRule.of("connections", ScanType.HORIZONTAL, Measure.CONNECTIONS)
                .limit(500, 500, Duration.ofMinutes(5)))
        .build();
  }

  private static ScanDetector.Builder builder() {
    return ScanDetector.builder().policy(policy()).memoryBudget(1 << 20).secretKey(1, 2);
  }

  private static byte[] snapshot() throws IOException {
    ScanDetector detector = builder().build();
    SnapshotProperties.events(new SplittableRandom(5), 3_000, 14).forEach(detector::observe);
    return SnapshotProperties.snapshot(detector);
  }

  private static ScanDetector restore(byte[] bytes) throws IOException {
    return builder().restore(new ByteArrayInputStream(bytes));
  }

  @Test
  void theFormatIsFrozen() throws IOException, GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(snapshot());
    assertEquals(FROZEN, HexFormat.of().formatHex(digest));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMadeWithOtherSettingsIsRefused(Other other) throws IOException {
    InputStream in = new ByteArrayInputStream(snapshot());
    ScanDetector.Builder builder = other.builder();
    SnapshotException refusal = assertThrows(SnapshotException.class, () -> builder.restore(in));
    assertEquals(other.reason, refusal.getMessage());
  }

  @Test
  void whatIsNoSnapshotIsRefused() {
    assertEquals("cut short", refusal(new byte[0]));
    assertEquals("not a snapshot of a detector", refusal(new byte[1_000]));
  }

  @Test
  void whatEndsEarlyOrIsChangedIsRefused() throws IOException {
    byte[] snapshot = snapshot();
    assertEquals("cut short", refusal(Arrays.copyOf(snapshot, snapshot.length - 60)));
    assertEquals("cut short in its seal", refusal(Arrays.copyOf(snapshot, snapshot.length - 1)));
    byte[] changed = snapshot.clone();
    changed[changed.length - 1] ^= 1;
    assertEquals("damaged: its seal does not fit", refusal(changed));
  }

  private static String refusal(byte[] bytes) {
    return String.valueOf(assertThrows(SnapshotException.class, () -> restore(bytes)).getMessage());
  }

  @Test
  void aSectionThatNobodyKnowsIsPassedOverIfItMayBe() throws IOException {
    byte[] snapshot = snapshot();
    // Found, passed over, and only then missed by the seal.
    assertEquals("damaged: its seal does not fit", refusal(withSection(snapshot, 0x8123)));
    assertEquals("section 291 in version 1 is not known here", refusal(withSection(snapshot, 291)));
  }

  /** A section after the magic number. */
  private static byte[] withSection(byte[] snapshot, int name) {
    byte[] section =
        ByteBuffer.allocate(15)
            .putShort((short) name)
            .putShort((short) 1)
            .putInt(3)
            .put(new byte[] {1, 2, 3})
            .putInt(0)
            .array();
    return ByteBuffer.allocate(snapshot.length + section.length)
        .put(snapshot, 0, Long.BYTES)
        .put(section)
        .put(snapshot, Long.BYTES, snapshot.length - Long.BYTES)
        .array();
  }

  @Test
  void whatFollowsASnapshotIsLeftToTheCaller() throws IOException {
    byte[] snapshot = snapshot();
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(snapshot), new ByteArrayInputStream(new byte[] {42}));
    assertArrayEquals(snapshot, SnapshotProperties.snapshot(builder().restore(in)));
    assertEquals(42, in.read());
  }

  @Test
  void withoutAKeyOfItsOwnNoDetectorIsKept() throws IOException {
    ScanDetector detector = ScanDetector.builder().build();
    assertThrows(IllegalStateException.class, () -> detector.snapshot(new ByteArrayOutputStream()));
    InputStream in = new ByteArrayInputStream(snapshot());
    assertThrows(IllegalStateException.class, () -> ScanDetector.builder().restore(in));
  }

  @Test
  void anIncidentOfManySourcesGoesOn() throws IOException {
    List<String> expected = new ArrayList<>();
    List<String> alerts = new ArrayList<>();
    ScanDetector whole = distributed(expected).build();
    ScanDetector interrupted = distributed(alerts).build();
    for (int i = 0; i < 144; i++) {
      ConnectionEvent event =
          new Traffic()
              .from(IpAddress.ofIpv4(0xc000_0200 + i % 8), Locality.REMOTE)
              .event(i * 0.1 + i / 72 * 3_000, i, 5_432, Outcome.NO_REPLY)
              .build();
      whole.observe(event);
      interrupted.observe(event);
      if (i % 7 == 0) {
        byte[] bytes = SnapshotProperties.snapshot(interrupted);
        interrupted = distributed(alerts).restore(new ByteArrayInputStream(bytes));
        assertArrayEquals(bytes, SnapshotProperties.snapshot(interrupted));
      }
    }
    whole.finish();
    interrupted.finish();
    assertEquals(expected, alerts);
    assertTrue(expected.stream().anyMatch(alert -> alert.contains("DISTRIBUTED_HORIZONTAL")));
  }

  private static ScanDetector.Builder distributed(List<String> alerts) {
    return ScanDetector.builder()
        .memoryBudget(1 << 20)
        .secretKey(1, 2)
        .onAlert(alert -> alerts.add(Traffic.everything(alert)));
  }
}

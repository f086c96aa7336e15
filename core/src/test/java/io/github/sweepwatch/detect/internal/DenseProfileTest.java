package io.github.sweepwatch.detect.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.detect.CountRule;
import io.github.sweepwatch.detect.CountRule.Measure;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.Dimension;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.detect.ServiceGroup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DenseProfileTest {
  private static final int NOW = 50_000;
  private static final int SSH = 22;
  private static final int WEB = 80;
  private static final int FRESH = 30;
  private static final int WINDOW = 150;
  private static final int ALL = DenseProfile.SERVICE | DenseProfile.HOST | DenseProfile.WHOLE;

  private static final CountRule HOSTS_ON_SERVICE = rule(Measure.HOSTS_ON_SERVICE);
  private static final CountRule SERVICES_ON_HOST = rule(Measure.SERVICES_ON_HOST);
  private static final CountRule PAIRS = rule(Measure.PAIRS);
  private static final CountRule HOSTS = rule(Measure.HOSTS);

  private final ByteBudget budget = new ByteBudget(1L << 30);

  @Test
  void whatIsSketchedIsWithinFourStandardErrors() {
    SplittableRandom random = new SplittableRandom(5);
    for (int hosts : new int[] {200, 1_000, 20_000, 200_000}) {
      Kept kept = new Kept(HOSTS_ON_SERVICE, HOSTS_ON_SERVICE.onFailures(), PAIRS, HOSTS);
      DenseProfile profile = kept.profile;
      int first = random.nextInt(1 << 27);
      for (int i = 0; i < hosts; i++) {
        profile.touch(ContactKey.of(first + i, SSH, i % 4 == 0), NOW, NOW, FRESH);
      }
      assertNear(hosts, profile.onService(kept.rule(0), SSH, NOW, WINDOW));
      assertNear(hosts / 4.0, profile.onService(kept.rule(1), SSH, NOW, WINDOW));
      assertNear(hosts, profile.whole(kept.rule(2), NOW, WINDOW));
      assertNear(hosts, profile.whole(kept.rule(3), NOW, WINDOW));
      assertEquals(0, profile.whole(kept.rule(3), NOW + WINDOW, WINDOW));
      assertEquals(1, profile.view(Dimension.SERVICES, false).count(NOW, 1));
      assertEquals(1, profile.view(Dimension.SERVICES, true).count(NOW, 1));
      assertNear(hosts / 4.0, profile.view(Dimension.HOSTS, true).count(NOW, 1));
      assertNear(hosts, profile.view(Dimension.PAIRS, false).count(NOW, 1));
    }
  }

  @Test
  void aVerticalScanHiddenInASweepIsCounted() {
    for (int seed = 0; seed < 20; seed++) {
      Kept kept = new Kept(SERVICES_ON_HOST);
      int host = 7_777_777 + seed;
      for (long key : hidden(seed, at -> ContactKey.of(at, WEB, true), host, true)) {
        kept.profile.touch(key, NOW, NOW, FRESH);
      }
      long counted = kept.profile.onHost(kept.rule(0), host, NOW, WINDOW);
      assertTrue(counted >= 150 && counted <= 240, "seed " + seed + ": " + counted);
      assertEquals(host, kept.profile.busiestHost(kept.rule(0), NOW, WINDOW));
      assertEquals(GroupTable.PLACES, kept.profile.hosts().length);
    }
  }

  @Test
  void aSweepHiddenInAVerticalScanIsCounted() {
    for (int seed = 0; seed < 20; seed++) {
      Kept kept = new Kept(HOSTS_ON_SERVICE);
      for (long key : hidden(seed, at -> ContactKey.of(5, at, true), 30_000 + seed, false)) {
        kept.profile.touch(key, NOW, NOW, FRESH);
      }
      long counted = kept.profile.onService(kept.rule(0), 30_000 + seed, NOW, WINDOW);
      assertTrue(counted >= 150 && counted <= 240, "seed " + seed + ": " + counted);
      assertEquals(30_000 + seed, kept.profile.busiestService(kept.rule(0), NOW, WINDOW));
    }
  }

  /** 20,000 contacts of a sweep, and 200 others anywhere among them. */
  private static long[] hidden(int seed, IntToLongFunction sweep, int id, boolean isHost) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] keys = new long[20_200];
    int others = 0;
    for (int i = 0; i < keys.length; i++) {
      int left = keys.length - i;
      if (random.nextInt(left) < 200 - others) {
        int other = 100_000 + 13 * others++;
        keys[i] = isHost ? ContactKey.of(id, other % 60_000, true) : ContactKey.of(other, id, true);
      } else {
        keys[i] = sweep.applyAsLong(1_000 + i);
      }
    }
    return keys;
  }

  @Test
  void theFirstTouchOfEachScopeIsToBeCounted() {
    Kept kept = new Kept(HOSTS_ON_SERVICE, SERVICES_ON_HOST, PAIRS.onFailures());
    DenseProfile profile = kept.profile;
    assertEquals(ALL, profile.touch(ContactKey.of(1, SSH, true), NOW, NOW, FRESH));
    renewAll(profile, 1, SSH, 3);
    assertEquals(
        DenseProfile.HOST,
        profile.touch(ContactKey.of(2, SSH, false), NOW, NOW, FRESH),
        "another host; failures only are counted overall");
    assertEquals(0, profile.touch(ContactKey.of(1, SSH, true), NOW, NOW, FRESH), "not novel");
    assertEquals(DenseProfile.SERVICE, profile.touch(ContactKey.of(1, WEB, true), NOW, NOW, FRESH));
  }

  @Test
  void onlyNovelTouchesSpend() {
    Kept kept = new Kept(HOSTS_ON_SERVICE, SERVICES_ON_HOST, PAIRS);
    DenseProfile profile = kept.profile;
    long key = ContactKey.of(1, SSH, true);
    profile.touch(key, NOW, NOW, FRESH);
    renewAll(profile, 1, SSH, 2);
    assertEquals(0, profile.touch(key, NOW + FRESH - 1, NOW + FRESH - 1, FRESH));
    assertEquals(0, profile.touch(key, NOW + 2 * FRESH - 2, NOW + 2 * FRESH - 2, FRESH));
    assertEquals(0, profile.touch(key, NOW + 3 * FRESH - 2, NOW + 3 * FRESH - 2, FRESH));
    assertEquals(ALL, profile.touch(key, NOW + 4 * FRESH - 2, NOW + 4 * FRESH - 2, FRESH));
    assertEquals(ALL, profile.touch(key, NOW + 4 * FRESH, NOW + 4 * FRESH, FRESH), "still spent");
  }

  @Test
  void slackThatWasSpentMeanwhileStaysSpent() {
    Kept kept = new Kept(HOSTS_ON_SERVICE, SERVICES_ON_HOST, PAIRS);
    DenseProfile profile = kept.profile;
    profile.touch(ContactKey.of(1, SSH, true), NOW, NOW, FRESH);
    long service = profile.slack(DenseProfile.SERVICE, SSH);
    long host = profile.slack(DenseProfile.HOST, 1);
    long whole = profile.slack(DenseProfile.WHOLE, 0);
    profile.touch(ContactKey.of(2, SSH, true), NOW, NOW, FRESH);
    assertFalse(profile.renewSlack(DenseProfile.SERVICE, SSH, service, 9));
    assertTrue(profile.renewSlack(DenseProfile.HOST, 1, host, 9), "another's");
    assertFalse(profile.renewSlack(DenseProfile.WHOLE, 0, whole, 9));
    assertFalse(profile.renewSlack(DenseProfile.HOST, 3, profile.slack(DenseProfile.HOST, 3), 9));
  }

  @Test
  void voidedSlackIsSpent() {
    Kept kept = new Kept(HOSTS_ON_SERVICE, SERVICES_ON_HOST, PAIRS);
    DenseProfile profile = kept.profile;
    long key = ContactKey.of(1, SSH, true);
    profile.touch(key, NOW, NOW, FRESH);
    renewAll(profile, 1, SSH, 100);
    assertEquals(0, profile.touch(key, NOW, NOW, FRESH));
    long before = profile.slack(DenseProfile.SERVICE, SSH);
    profile.voidSlack();
    assertEquals(ALL, profile.touch(key, NOW, NOW, FRESH), "though it is not novel");
    assertFalse(profile.renewSlack(DenseProfile.SERVICE, SSH, before, 100), "counted before");
  }

  @Test
  void racingThreadsSpendWhatThereIs() {
    int rounds = 300;
    int own = 40;
    Threads.Meeting meeting = new Threads.Meeting(2);
    Kept[] all = new Kept[rounds];
    AtomicInteger[] heard = new AtomicInteger[rounds];
    for (int round = 0; round < rounds; round++) {
      all[round] = new Kept(HOSTS_ON_SERVICE);
      heard[round] = new AtomicInteger();
      all[round].profile.touch(ContactKey.of(0, SSH, true), NOW, NOW, FRESH);
      all[round].profile.renewSlack(DenseProfile.SERVICE, SSH, 0, -1);
      long before = all[round].profile.slack(DenseProfile.SERVICE, SSH);
      assertTrue(all[round].profile.renewSlack(DenseProfile.SERVICE, SSH, before, 2 * own));
    }
    Threads.run(
        2,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            meeting.await();
            for (int i = 0; i < own; i++) {
              long key = ContactKey.of(1 + 2 * i + thread, SSH, true);
              if (all[round].profile.touch(key, NOW, NOW, FRESH) != 0) {
                heard[round].incrementAndGet();
              }
            }
          }
        });
    for (int round = 0; round < rounds; round++) {
      assertEquals(1, heard[round].get(), "the last of all spends the last");
    }
  }

  @Test
  void distancesAreNovelTouches() {
    assertEquals(20, DenseProfile.distance(25, 5, true));
    assertEquals(1, DenseProfile.distance(25, 25, true));
    assertEquals(1, DenseProfile.distance(25, 99, false));
    assertEquals(20, DenseProfile.distance(25, 5, false), "few rows are hit twice");
    assertEquals(64, DenseProfile.distance(1_000, 500, false));
    assertEquals(1, DenseProfile.distance(1_000_000, 999_999, false));
    assertEquals(Integer.MAX_VALUE, DenseProfile.distance(1L << 40, 0, true));
  }

  @Test
  void distancesTellOfMinima() {
    Kept kept =
        new Kept(
            SERVICES_ON_HOST.limit(5, 50, Duration.ofMinutes(5)).withAtLeast(0, 0, 3),
            PAIRS.limit(5, 50, Duration.ofMinutes(5)).withAtLeast(4, 7, 0),
            SERVICES_ON_HOST.limit(5, 5, Duration.ofMinutes(5)),
            PAIRS.limit(5, 5, Duration.ofMinutes(5)));
    DenseProfile profile = kept.profile;
    for (int port = 1_023; port < 1_029; port++) {
      profile.touch(ContactKey.of(1, port, false), NOW, NOW, FRESH);
    }
    assertEquals(0, profile.onHost(kept.rule(0), 1, NOW, WINDOW));
    assertEquals(6, profile.onHost(kept.rule(2), 1, NOW, WINDOW));
    assertEquals(2, profile.distanceOnHost(kept.rule(0), 1, NOW, WINDOW, false));
    assertEquals(44, profile.distanceOnHost(kept.rule(0), 1, NOW, WINDOW, true));
    assertEquals(0, profile.whole(kept.rule(1), NOW, WINDOW));
    assertEquals(6, profile.whole(kept.rule(3), NOW, WINDOW));

    assertEquals(3, profile.distanceOfWhole(kept.rule(1), NOW, WINDOW, false));
    assertEquals(44, profile.distanceOfWhole(kept.rule(1), NOW, WINDOW, true));
    profile.touch(ContactKey.of(1, 1_022, false), NOW, NOW, FRESH);
    assertEquals(1, profile.distanceOnHost(kept.rule(0), 1, NOW, WINDOW, false));
    profile.touch(ContactKey.of(1, 1 << 16 | 53, false), NOW, NOW, FRESH);
    assertEquals(8, profile.onHost(kept.rule(0), 1, NOW, WINDOW));
  }

  @Test
  void whatNoRuleCountsHasNoGroup() {
    Kept kept =
        new Kept(
            HOSTS_ON_SERVICE.on(ServiceGroup.TCP_SENSITIVE).onFailures(),
            CountRule.of("connections", ScanType.VERTICAL, Measure.CONNECTIONS)
                .on(ServiceGroup.UDP));
    DenseProfile profile = kept.profile;
    long fixed = budget.used();
    assertEquals(0, profile.touch(ContactKey.of(1, WEB, true), NOW, NOW, FRESH));
    assertEquals(0, profile.touch(ContactKey.of(1, SSH, false), NOW, NOW, FRESH));
    assertEquals(0, profile.services().length);
    assertEquals(DenseProfile.SERVICE, profile.touch(ContactKey.of(1, SSH, true), NOW, NOW, FRESH));
    assertArrayEquals(new int[] {SSH}, profile.services());
    assertEquals(0, profile.hosts().length);
    assertTrue(budget.used() > fixed);
    assertEquals(0, profile.onService(kept.rule(0), WEB, NOW, WINDOW));
    assertNull(profile.hostsOn(kept.rule(0), WEB));
    assertEquals(
        DenseProfile.NEVER, profile.distanceOnService(kept.rule(0), WEB, NOW, WINDOW, false));
    assertNull(profile.hosts(kept.rule(1)));
    assertNull(profile.services(kept.rule(1)));
    assertEquals(0, profile.whole(kept.rule(1), NOW, WINDOW));
    assertEquals(DenseProfile.NEVER, profile.distanceOfWhole(kept.rule(1), NOW, WINDOW, false));
  }

  @Test
  void incidentsAreSeededFromWhatARuleCounts() {
    Kept kept = new Kept(HOSTS_ON_SERVICE, SERVICES_ON_HOST.onFailures(), PAIRS.onFailures());
    DenseProfile profile = kept.profile;
    for (int host = 10; host < 20; host++) {
      profile.touch(ContactKey.of(host, SSH, host % 2 == 0), NOW, NOW, FRESH);
    }
    profile.touch(ContactKey.of(10, WEB, false), NOW, NOW, FRESH);
    profile.touch(ContactKey.of(10, 443, true), NOW, NOW, FRESH);
    assertItems(profile.hostsOn(kept.rule(0), SSH), 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
    assertItems(profile.servicesOn(kept.rule(1), 10), SSH, 443);
    assertItems(profile.hosts(kept.rule(2)), 10, 12, 14, 16, 18);
    assertItems(profile.services(kept.rule(2)), SSH, 443);
    assertItems(profile.view(Dimension.SERVICES, false), SSH, WEB, 443);
    assertNull(profile.servicesOn(kept.rule(1), 99));
  }

  @Test
  void whatIsSweptNeverComesBack() {
    Kept kept = new Kept(HOSTS_ON_SERVICE, SERVICES_ON_HOST, PAIRS, HOSTS);
    for (int i = 0; i < 300; i++) {
      kept.profile.touch(ContactKey.of(1, i, true), NOW, NOW, FRESH);
      kept.profile.touch(ContactKey.of(1_000 + i, SSH, true), NOW, NOW, FRESH);
    }
    for (int tick = NOW; tick < NOW + 3 * Tick.CYCLE; tick += 8_192) {
      int now = Tick.stamp(tick - 1);
      kept.profile.sweep(now);
      boolean gone = tick - NOW >= Tick.HORIZON;
      String age = "age " + (tick - NOW);
      assertEquals(gone, kept.profile.onService(kept.rule(0), SSH, now, Tick.HORIZON) == 0, age);
      assertEquals(gone, kept.profile.onHost(kept.rule(1), 1, now, Tick.HORIZON) == 0, age);
      assertEquals(gone, kept.profile.whole(kept.rule(2), now, Tick.HORIZON) == 0, age);
      assertEquals(gone, kept.profile.whole(kept.rule(3), now, Tick.HORIZON) == 0, age);
    }
  }

  @Test
  void withoutMoneyCountsSayTooLittle() {
    DensePlan plan = new DensePlan(new RuleBook(policy(HOSTS_ON_SERVICE, SERVICES_ON_HOST, PAIRS)));
    CompiledRule[] rules = plan.rules().all();
    ByteBudget tight = new ByteBudget(30_000);
    assertTrue(tight.reserve(DenseProfile.bytes(plan)));
    DenseProfile profile = new DenseProfile(plan, tight);
    for (int i = 0; i < 5_000; i++) {
      profile.touch(ContactKey.of(i, i % 100, true), NOW, NOW, FRESH);
      assertTrue(tight.used() <= tight.limit());
    }
    for (int port = 0; port < 100; port++) {
      assertTrue(profile.onService(rules[0], port, NOW, WINDOW) <= 50 * 1.2);
    }
    assertTrue(profile.whole(rules[2], NOW, WINDOW) <= 5_000 * 1.2);
    profile.drop();
    assertEquals(0, tight.used());
    DenseProfile poor = new DenseProfile(plan, new ByteBudget(0));
    assertEquals(DenseProfile.WHOLE, poor.touch(ContactKey.of(1, SSH, true), NOW, NOW, FRESH));
    assertEquals(0, poor.services().length);
  }

  @Test
  void racingTouchesLoseNothing() {
    int rounds = 250;
    int own = 60;
    Threads.Meeting meeting = new Threads.Meeting(2);
    Kept[] all = new Kept[rounds];
    long before = budget.used();
    for (int round = 0; round < rounds; round++) {
      all[round] = new Kept(HOSTS_ON_SERVICE, SERVICES_ON_HOST.onFailures(), PAIRS, HOSTS);
    }
    Threads.run(
        2,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            meeting.await();
            for (int i = 0; i < own; i++) {
              // Both come to the services and to host 1 for the first time at the same moment.
              all[round].profile.touch(ContactKey.of(2 + thread, i, true), NOW, NOW, FRESH);
              all[round].profile.touch(
                  ContactKey.of(1, (2 * i + thread) % own, true), NOW, NOW, FRESH);
            }
          }
        });
    for (Kept kept : all) {
      DenseProfile profile = kept.profile;
      int[] services = profile.services();
      Arrays.sort(services);
      assertArrayEquals(IntStream.range(0, own).toArray(), services);
      for (int i = 0; i < own; i++) {
        assertEquals(3, profile.onService(kept.rule(0), i, NOW, WINDOW), "service " + i);
      }
      assertEquals(own, profile.onHost(kept.rule(1), 1, NOW, WINDOW));
      assertEquals(own, profile.onHost(kept.rule(1), 2, NOW, WINDOW));
      assertEquals(own, profile.onHost(kept.rule(1), 3, NOW, WINDOW));
      assertNear(3.0 * own, profile.whole(kept.rule(2), NOW, WINDOW));
      assertEquals(3, profile.whole(kept.rule(3), NOW, WINDOW));
      profile.drop();
    }
    assertEquals(before, budget.used());
  }

  @Test
  void racingTouchesAndDropsLeaveNothingPaidFor() {
    int rounds = 250;
    Threads.Meeting meeting = new Threads.Meeting(2);
    Kept[] all = new Kept[rounds];
    for (int round = 0; round < rounds; round++) {
      all[round] = new Kept(HOSTS_ON_SERVICE, SERVICES_ON_HOST, PAIRS);
    }
    Threads.run(
        2,
        thread -> {
          for (int round = 0; round < rounds; round++) {
            meeting.await();
            // Strangers outvote each other all the time.
            for (int i = 0; i < 700; i++) {
              if (thread == 0 && i == 100 + 2 * round) {
                all[round].profile.drop();
              }
              int id = (i * 7 + thread * 3) % 211;
              all[round].profile.touch(ContactKey.of(id, 211 - id, true), NOW, NOW, FRESH);
            }
          }
        });
    assertEquals(0, budget.used());
    for (Kept kept : all) {
      assertEquals(0, kept.profile.services().length);
      assertEquals(0, kept.profile.hosts().length);
    }
  }

  private static void renewAll(DenseProfile profile, int host, int service, int distance) {
    for (int scope = DenseProfile.SERVICE; scope <= DenseProfile.WHOLE; scope *= 2) {
      int id = scope == DenseProfile.SERVICE ? service : host;
      assertTrue(profile.renewSlack(scope, id, profile.slack(scope, id), distance));
    }
  }

  private static void assertNear(double expected, Number actual) {
    assertEquals(expected, actual.doubleValue(), 4 * CouponMatrix.RELATIVE_ERROR * expected);
  }

  private static void assertItems(@Nullable DistinctItems items, int... expected) {
    assertNotNull(items);
    long[] target = new long[ContactBlock.MAX_ENTRIES];
    int size = items.copyItems(target, NOW, WINDOW);
    assertArrayEquals(IntStream.of(expected).asLongStream().toArray(), Arrays.copyOf(target, size));
  }

  private static CountRule rule(Measure measure) {
    return CountRule.of(measure.name(), ScanType.HORIZONTAL, measure)
        .limit(20, 20, Duration.ofSeconds(2 * WINDOW));
  }

  private static DetectionPolicy policy(CountRule... rules) {
    DetectionPolicy.Builder builder = DetectionPolicy.builder("test");
    List.of(rules).forEach(builder::rule);
    return builder.build();
  }

  /** A profile that is paid for. */
  private final class Kept {
    private final RuleBook book;
    final DenseProfile profile;

    Kept(CountRule... rules) {
      book = new RuleBook(policy(rules));
      DensePlan plan = new DensePlan(book);
      assertTrue(budget.reserve(DenseProfile.bytes(plan)));
      profile = new DenseProfile(plan, budget);
    }

    CompiledRule rule(int index) {
      return book.all()[index];
    }
  }
}

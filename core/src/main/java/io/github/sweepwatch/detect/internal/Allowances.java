package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.AuthorisedScanners;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.detect.ScanSchedule;
import io.github.sweepwatch.event.AddressBlock;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Protocol;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy's entries for what may be scanned and by whom, to be asked for each event. Thread-safe
 * and wait-free; allocates only where a zone's clocks have been changed since it was asked last.
 */
final class Allowances {
  /** No entry covers an event. */
  static final int NONE = -1;

  private static final long MICROS = 1_000_000;
  private static final int DAY = 86_400;

  private final Entry[] entries;

  Allowances(DetectionPolicy policy) {
    entries =
        Stream.concat(policy.authorised().stream(), policy.ignored().stream())
            .map(Entry::new)
            .toArray(Entry[]::new);
  }

  /** The first entry that covers an event, or {@link #NONE}. */
  int find(ConnectionEvent event) {
    for (int i = 0; i < entries.length; i++) {
      if (entries[i].covers(event)) {
        return i;
      }
    }
    return NONE;
  }

  /** How many entries there are. */
  int size() {
    return entries.length;
  }

  /** An entry as alerts name it. */
  String label(int entry) {
    return entries[entry].label;
  }

  private static final class Entry {
    private final String label;
    private final AddressBlock sources;
    private final AddressBlock[] targets;
    private final PortRange[] ports;
    private final @Nullable Hours hours;
    private final long expiresMicros;

    Entry(AuthorisedScanners entry) {
      label = entry.label();
      sources = entry.sources();
      targets = entry.targets().toArray(AddressBlock[]::new);
      ports = entry.ports().toArray(PortRange[]::new);
      ScanSchedule schedule = entry.schedule();
      hours = schedule == null ? null : new Hours(schedule);
      Instant expires = entry.expires();
      expiresMicros = expires == null ? Long.MAX_VALUE : firstMicroFrom(expires);
    }

    private static long firstMicroFrom(Instant moment) {
      Instant end = Instant.ofEpochSecond(Long.MAX_VALUE / MICROS - 1);
      return moment.isAfter(end)
          ? Long.MAX_VALUE
          : moment.getEpochSecond() * MICROS + (moment.getNano() + 999) / 1_000;
    }

    boolean covers(ConnectionEvent event) {
      return sources.contains(event.sourceHigh(), event.sourceLow())
          && isTarget(event.destinationHigh(), event.destinationLow())
          && isPort(event)
          && event.timeMicros() < expiresMicros
          && (hours == null || hours.contain(event.timeMicros()));
    }

    private boolean isTarget(long high, long low) {
      for (AddressBlock block : targets) {
        if (block.contains(high, low)) {
          return true;
        }
      }
      return targets.length == 0;
    }

    private boolean isPort(ConnectionEvent event) {
      int port = event.destinationPort();
      for (PortRange range : ports) {
        if (port >= range.first() && port <= range.last()) {
          return Protocol.hasPorts(event.protocol());
        }
      }
      return ports.length == 0;
    }
  }

  /** A schedule whose zone's offset is looked up once for as long as it holds. */
  private static final class Hours {
    private final ScanSchedule schedule;
    private final ZoneRules rules;
    private volatile Offset offset;

    /** An offset, and the seconds for which it holds: from the first up to the second. */
    private record Offset(long from, long to, int seconds) {}

    Hours(ScanSchedule schedule) {
      this.schedule = schedule;
      rules = schedule.zone().getRules();
      offset = offsetAt(0);
    }

    private Offset offsetAt(long second) {
      Instant moment = Instant.ofEpochSecond(second);
      ZoneOffset now = rules.getOffset(moment);
      ZoneOffsetTransition before = rules.previousTransition(moment.plusNanos(1));
      ZoneOffsetTransition after = rules.nextTransition(moment);
      return new Offset(
          before == null ? Long.MIN_VALUE : before.toEpochSecond(),
          after == null ? Long.MAX_VALUE : after.toEpochSecond(),
          now.getTotalSeconds());
    }

    boolean contain(long micros) {
      long second = Math.floorDiv(micros, MICROS);
      Offset now = offset;
      if (second < now.from || second >= now.to) {
        now = offsetAt(second);
        offset = now;
      }
      long local = second + now.seconds;
      // The epoch began on a Thursday.
      DayOfWeek day = DayOfWeek.of(Math.floorMod(Math.floorDiv(local, DAY) + 3, 7) + 1);
      return schedule.contains(day, Math.floorMod(local, DAY));
    }
  }
}

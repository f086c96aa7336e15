package io.github.sweepwatch.detect;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Hours of some days of the week, by the clocks of a zone. Immutable and thread-safe.
 *
 * @param days the days on which the hours begin
 * @param from the first minute
 * @param to the minute at which the hours are over; up to {@code from}, that is on the next day,
 *     and the same time for 24 hours
 * @param zone the zone whose clocks count
 */
public record ScanSchedule(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  /**
   * Checks the parts.
   *
   * @param days the days on which the hours begin
   * @param from the first minute
   * @param to the minute at which the hours are over
   * @param zone the zone whose clocks count
   * @throws IllegalArgumentException if there is no day, or a time is no full minute
   */
  public ScanSchedule {
    days = Set.copyOf(days);
    if (days.isEmpty()) {
      throw new IllegalArgumentException("a schedule without days");
    }
    if (!from.equals(from.truncatedTo(ChronoUnit.MINUTES))
        || !to.equals(to.truncatedTo(ChronoUnit.MINUTES))) {
      throw new IllegalArgumentException("no full minute: " + from + " to " + to);
    }
  }

  /**
   * Whether a moment lies within the hours.
   *
   * @param moment the moment
   * @return true if it does
   */
  public boolean contains(Instant moment) {
    ZonedDateTime local = moment.atZone(zone);
    return contains(local.getDayOfWeek(), local.toLocalTime().toSecondOfDay());
  }

  /**
   * Whether a time of the zone's clocks lies within the hours.
   *
   * @param day the day
   * @param second the second of the day
   * @return true if it does
   */
  public boolean contains(DayOfWeek day, int second) {
    int start = from.toSecondOfDay();
    int end = to.toSecondOfDay();
    if (start < end) {
      return second >= start && second < end && days.contains(day);
    }
    return second >= start ? days.contains(day) : second < end && days.contains(day.minus(1));
  }
}

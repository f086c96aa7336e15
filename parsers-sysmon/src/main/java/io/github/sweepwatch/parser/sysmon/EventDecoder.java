package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.text.NumberParser;
import io.github.sweepwatch.text.TimeParser;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Makes what an event gives from its fields, whichever form it had. Not thread-safe. */
final class EventDecoder {
  private static final byte[] SYSMON = ascii("sysmon");
  private static final byte[] SECURITY = ascii("security");
  private static final byte[] AUDITING = ascii("auditing");
  private static final byte[] TERMINAL = ascii("terminalservices-remoteconnection");
  private static final byte[] RDP_CORE = ascii("rdpcore");
  private static final byte[] DESKTOP_SERVICES = ascii("remotedesktopservices");
  private static final byte[] DOTNET_DATE = ascii("/date(");
  private static final long QUARTER_HOUR = 900_000_000L;
  private static final long CLOSE = 120_000_000L;
  private static final int ISO_DATE = "2026-11-24".length();
  private static final int MAX_EVENT_ID = 0xffff;

  private final FieldValues values = new FieldValues();
  private final ConnectionDecoder connections = new ConnectionDecoder(values);
  private final LogonDecoder logons = new LogonDecoder(values);
  private final TimeParser times;
  private final TimeParser utc = new TimeParser(ZoneOffset.UTC);
  private final MonthFirstTime monthFirst;

  EventDecoder(ZoneId zone) {
    times = new TimeParser(zone);
    monthFirst = new MonthFirstTime(times);
  }

  /** Whether the fields say which event it is; what is known of it may still be too little. */
  boolean isNumbered(EventRecord record) {
    return record.has(EventField.EVENT_ID);
  }

  /** The number of the event, where it is one that is read, or -1. */
  int eventId(EventRecord record) {
    int eventId = (int) values.number(record, EventField.EVENT_ID, MAX_EVENT_ID);
    WindowsEvents.Source source = WindowsEvents.sourceOf(eventId);
    return source != WindowsEvents.Source.OTHER && isFrom(source, record) ? eventId : -1;
  }

  /** Whether the fields that make the event are there, or one of them. */
  boolean isFilled(EventRecord record, int eventId) {
    return WindowsEvents.isConnection(eventId)
        ? record.isPresent(EventField.SOURCE) || record.isPresent(EventField.DESTINATION)
        : record.isPresent(EventField.ADDRESS)
            || record.isPresent(EventField.SOURCE)
            || record.isPresent(EventField.WORKSTATION);
  }

  /**
   * Hands on what the event gives.
   *
   * @param eventId as {@link #eventId} gave it
   * @return null, or why it gives nothing
   */
  @Nullable String decode(EventRecord record, int eventId, EventSink sink) {
    boolean sysmon = eventId == WindowsEvents.SYSMON_CONNECTION;
    long micros = sysmon ? seen(record) : logged(record);
    if (micros < 0) {
      return values.reason(record, timeField(record, sysmon), "time", "time from 1970 to 2199");
    }
    if (sysmon) {
      return connections.sysmon(record, micros, sink);
    }
    return WindowsEvents.isConnection(eventId)
        ? connections.filtered(record, eventId, micros, sink)
        : logons.decode(record, eventId, micros, sink);
  }

  private static EventField timeField(EventRecord record, boolean sysmon) {
    if (sysmon && record.has(EventField.UTC_TIME)) {
      return EventField.UTC_TIME;
    }
    if (record.has(EventField.SYSTEM_TIME)) {
      return EventField.SYSTEM_TIME;
    }
    return record.has(EventField.TIME) ? EventField.TIME : EventField.STAMPED;
  }

  /* Numbers are each source's own: without its name a number alone is believed only where no other
  source is known to use it. */
  private boolean isFrom(WindowsEvents.Source source, EventRecord record) {
    boolean named = record.has(EventField.PROVIDER);
    boolean channelled = record.has(EventField.CHANNEL);
    return switch (source) {
      case SYSMON ->
          (named || channelled)
              ? says(record, SYSMON)
              : record.has(EventField.INITIATED) || record.has(EventField.UTC_TIME);
      case SECURITY ->
          named
              ? values.contains(record, EventField.PROVIDER, SECURITY)
                  && values.contains(record, EventField.PROVIDER, AUDITING)
              : !channelled || values.contains(record, EventField.CHANNEL, SECURITY);
      case REMOTE_DESKTOP ->
          says(record, TERMINAL) || says(record, RDP_CORE) || says(record, DESKTOP_SERVICES);
      case OTHER -> false;
    };
  }

  private boolean says(EventRecord record, byte[] word) {
    return values.contains(record, EventField.PROVIDER, word)
        || values.contains(record, EventField.CHANNEL, word);
  }

  private long seen(EventRecord record) {
    EventField field = EventField.UTC_TIME;
    if (!record.has(field)) {
      // ECS moves it to @timestamp.
      return record.has(EventField.STAMPED) ? time(record, EventField.STAMPED) : logged(record);
    }
    byte[] bytes = record.bytes(field);
    return utc.iso(bytes, record.from(field), record.to(field));
  }

  private long logged(EventRecord record) {
    EventField system = EventField.SYSTEM_TIME;
    if (record.has(system)) {
      byte[] bytes = record.bytes(system);
      return utc.iso(bytes, record.from(system), record.to(system));
    }
    if (!record.has(EventField.TIME)) {
      return time(record, EventField.STAMPED);
    }
    long micros = time(record, EventField.TIME);
    if (micros >= 0
        && record.has(EventField.RECEIVED)
        && record.has(EventField.STAMPED)
        && !hasZone(record, EventField.TIME)
        && !hasZone(record, EventField.RECEIVED)
        && hasZone(record, EventField.STAMPED)) {
      // One clock without a zone and one with it, moments apart: the difference is the zone.
      long apart = time(record, EventField.STAMPED) - time(record, EventField.RECEIVED);
      long offset = Math.floorDiv(apart + QUARTER_HOUR / 2, QUARTER_HOUR) * QUARTER_HOUR;
      if (Math.abs(apart - offset) < CLOSE && Math.abs(offset) <= 64 * QUARTER_HOUR) {
        return micros + offset;
      }
    }
    return micros;
  }

  private long time(EventRecord record, EventField field) {
    byte[] bytes = record.bytes(field);
    int from = record.from(field);
    int to = record.to(field);
    if (MonthFirstTime.isAt(bytes, from, to)) {
      return monthFirst.parse(bytes, from, to);
    }
    if (to - from > ISO_DATE && bytes[from + 4] == '-') {
      return times.iso(bytes, from, to);
    }
    int parenthesis = from;
    while (parenthesis < to && bytes[parenthesis] != '(') {
      parenthesis++;
    }
    if (parenthesis < to && Bytes.containsIgnoreCase(bytes, from, to, DOTNET_DATE)) {
      int digits = parenthesis + 1;
      int end = digits;
      while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
        end++;
      }
      long millis = NumberParser.unsigned(bytes, digits, end);
      return millis < 0 || millis >= TimeParser.END_MICROS / 1000
          ? TimeParser.INVALID
          : millis * 1000;
    }
    return TimeParser.epochSecondsOrMillis(bytes, from, to);
  }

  private static boolean hasZone(EventRecord record, EventField field) {
    byte[] bytes = record.bytes(field);
    int from = record.from(field);
    int to = record.to(field);
    if (to - from <= ISO_DATE || bytes[from + 4] != '-') {
      return to > from;
    }
    for (int i = from + ISO_DATE; i < to; i++) {
      int c = bytes[i] & 0xdf;
      if (c == 'Z' || bytes[i] == '+' || bytes[i] == '-') {
        return true;
      }
    }
    return false;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

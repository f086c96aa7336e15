package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.RecordSlice;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells which form each record has: XML, JSON or rendered text, by itself or behind a syslog
 * header. XML and text may be spread over lines. Not thread-safe.
 */
final class WindowsLogParser implements LogParser {
  private final EventRecord fields = new EventRecord();
  private final NameTable names = new NameTable();
  private final EventXml xml = new EventXml(fields, names);
  private final EventJson json = new EventJson(fields, names);
  private final RenderedText text = new RenderedText(fields);
  private final EventDecoder decoder;
  private final TextStarts starts = new TextStarts();
  private final PendingLines pending = new PendingLines();
  private final EventJson.Events events = this::event;
  private @Nullable EventSink sink;

  WindowsLogParser(ZoneId zone) {
    decoder = new EventDecoder(zone);
  }

  @Override
  public void parse(RecordSlice record, EventSink to) {
    sink = to;
    byte[] bytes = record.bytes();
    int from = record.from();
    int end = record.to();
    if (pending.isXml()) {
      if (EventTags.start(bytes, from, end) < 0) {
        continueXml(record, to);
        return;
      }
      reject(to, pending.line(), "the event ends too early: another begins");
      pending.clear();
      to.startedAt(record.line());
    }
    int first = skipBlanks(bytes, from, end);
    if (first < end
        && (bytes[first] == '{' || bytes[first] == '[')
        && !isBracketed(bytes, first, end)) {
      endText(to, record.line());
      json(bytes, first, end, to);
      return;
    }
    int tag = EventTags.start(bytes, from, end);
    if (tag >= 0) {
      endText(to, record.line());
      xml(record, tag, to);
      return;
    }
    int brace = wrappedJson(bytes, first, end);
    if (brace >= 0) {
      endText(to, record.line());
      json(bytes, brace, end, to);
      return;
    }
    text(record, to);
  }

  @Override
  public void finish(EventSink to) {
    sink = to;
    if (pending.isXml()) {
      reject(to, pending.line(), "the event ends too early");
      pending.clear();
    }
    endText(to, 0);
  }

  private void json(byte[] bytes, int from, int to, EventSink target) {
    String problem = json.read(bytes, from, to, events);
    if (problem != null) {
      target.reject(problem);
    }
  }

  /* All events of a line, and the beginning of one that goes on. */
  private void xml(RecordSlice record, int firstTag, EventSink to) {
    byte[] bytes = record.bytes();
    int end = record.to();
    int tag = firstTag;
    while (tag >= 0) {
      int next = EventTags.start(bytes, tag + 1, end);
      int limit = next < 0 ? end : next;
      int close = EventTags.end(bytes, tag, limit);
      if (close >= 0) {
        xmlEvent(bytes, tag, close, to);
      } else if (next < 0) {
        pending.startXml(record.line(), bytes, tag, end);
      } else {
        to.reject("the event ends too early: another begins");
      }
      tag = next;
    }
  }

  private void continueXml(RecordSlice record, EventSink to) {
    int close = EventTags.end(record.bytes(), record.from(), record.to());
    to.startedAt(pending.line());
    if (!pending.add(record.bytes(), record.from(), close < 0 ? record.to() : close)) {
      to.reject("the event is longer than the limit of " + PendingLines.MAX_BYTES + " bytes");
      pending.clear();
    } else if (close >= 0) {
      xmlEvent(pending.bytes(), 0, pending.length(), to);
      pending.clear();
    }
  }

  private void xmlEvent(byte[] bytes, int from, int to, EventSink target) {
    fields.start();
    String problem = xml.read(bytes, from, to);
    if (problem != null) {
      target.reject(problem);
    } else {
      event();
    }
  }

  private void text(RecordSlice record, EventSink to) {
    byte[] bytes = record.bytes();
    if (starts.isStart(bytes, record.from(), record.to(), pending.isText())) {
      endText(to, record.line());
      pending.startText(record.line(), bytes, record.from(), record.to());
    } else if (pending.isText()) {
      // What is beyond the limit is no part of an event that is read.
      pending.add(bytes, record.from(), record.to());
    }
  }

  private void endText(EventSink to, long nextLine) {
    if (!pending.isText()) {
      return;
    }
    to.startedAt(pending.line());
    fields.start();
    text.read(pending.bytes(), 0, pending.length());
    pending.clear();
    event();
    if (nextLine > 0) {
      to.startedAt(nextLine);
    }
  }

  /* The fields of an event are known: those of the wrapper, or else those of what it wraps. */
  private void event() {
    EventSink to = Objects.requireNonNull(sink);
    if (!decoder.isNumbered(fields)) {
      unwrap();
    }
    int eventId = decoder.eventId(fields);
    if (eventId < 0) {
      return;
    }
    if (!decoder.isFilled(fields, eventId)) {
      unwrap();
    }
    String problem = decoder.decode(fields, eventId, to);
    if (problem != null) {
      to.reject(problem);
    }
  }

  private void unwrap() {
    if (!unwrap(EventField.ORIGINAL)) {
      unwrap(EventField.MESSAGE);
    }
  }

  private boolean unwrap(EventField field) {
    if (!fields.has(field)) {
      return false;
    }
    byte[] bytes = fields.bytes(field);
    int from = skipBlanks(bytes, fields.from(field), fields.to(field));
    int to = fields.to(field);
    if (from < to && bytes[from] == '<') {
      // What the wrapper says of the event in other words does not count beside the event itself.
      return xml.read(bytes, from, to) == null;
    }
    int tag = EventTags.start(bytes, from, to);
    if (tag >= 0) {
      // A line that has a header before the event.
      return xml.read(bytes, tag, to) == null;
    }
    if (RenderedText.isHeaded(bytes, from, to)) {
      text.read(bytes, from, to);
      return true;
    }
    return false;
  }

  private static void reject(EventSink to, long line, String reason) {
    to.startedAt(line);
    to.reject(reason);
  }

  /* A line such as [2026-11-24 02:05:00] is no JSON. */
  private static boolean isBracketed(byte[] bytes, int first, int to) {
    if (bytes[first] != '[') {
      return false;
    }
    int next = skipBlanks(bytes, first + 1, to);
    return next < to && bytes[next] != '{';
  }

  /* Where the JSON object of a line begins that has a header before it, or -1. */
  private static int wrappedJson(byte[] bytes, int from, int to) {
    int last = to - 1;
    while (last > from && (bytes[last] == ' ' || bytes[last] == 0)) {
      last--;
    }
    if (last < from || bytes[last] != '}') {
      return -1;
    }
    for (int i = from; i + 1 < to; i++) {
      if (bytes[i] == '{' && bytes[i + 1] == '"') {
        return i;
      }
    }
    return -1;
  }

  private static int skipBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to
        && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n')) {
      i++;
    }
    return i;
  }
}

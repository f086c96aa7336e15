package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.RecordSlice;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Parses the tab-separated form, headers and rows, of connections and logons. Not thread-safe. */
final class ConnTsvParser {
  private final TsvHeader header = new TsvHeader();
  private final ZeekRecord fields = new ZeekRecord();
  private final ConnDecoder decoder;
  private final LogonDecoder logons;
  private long headerLine;

  ConnTsvParser(ZoneId zone) {
    decoder = new ConnDecoder(zone);
    logons = new LogonDecoder(zone);
  }

  /** Parses the line from an index on; what stands before it is no part of the text. */
  void parse(RecordSlice line, int from, EventSink sink) {
    byte[] bytes = line.bytes();
    int to = line.to();
    TsvLayout layout = header.layout();
    if (from == to
        || (header.mayStartHeader(bytes[from]) && takeHeader(line, from, layout == null, sink))) {
      return;
    }
    String reason = layout == null ? withoutLayout() : row(layout, bytes, from, to, sink);
    // What looked like a row may be a header: its prefix is free, and a bare one has none.
    if (reason != null && !takeHeader(line, from, true, sink)) {
      sink.reject(reason);
    }
  }

  private @Nullable String withoutLayout() {
    return switch (header.state()) {
      case OTHER_LOG -> null;
      case UNUSABLE -> "the header on line " + headerLine + " is unusable";
      default -> "no #fields header seen yet";
    };
  }

  private boolean takeHeader(RecordSlice line, int from, boolean bareToo, EventSink sink) {
    boolean taken =
        header.takeMeta(line.bytes(), from, line.to())
            || (bareToo && header.takeBare(line.bytes(), from, line.to()));
    String problem = header.takeProblem();
    if (!problem.isEmpty()) {
      headerLine = line.line();
      sink.reject("unusable header: " + problem);
    }
    return taken;
  }

  private @Nullable String row(TsvLayout layout, byte[] bytes, int from, int to, EventSink sink) {
    int columns = layout.read(bytes, from, to, fields);
    if (columns != layout.columnCount()) {
      return columns + " columns where the header has " + layout.columnCount();
    }
    LogonLog log = header.logonLog();
    if (log != null) {
      if (hasEscape(bytes, from, to)) {
        fields.resolveEscapes();
      }
      return logons.decode(log, fields, false, sink);
    }
    // Of the fields that are read only a sensor's name has use for escapes. In any other they are
    // rare enough to look for them after a failure.
    boolean resolved =
        fields.has(ZeekField.SENSOR)
            && hasEscape(bytes, fields.from(ZeekField.SENSOR), fields.to(ZeekField.SENSOR));
    if (resolved) {
      fields.resolveEscapes();
    }
    String reason = decoder.decode(fields, false, layout.hasHistory(), sink);
    if (reason == null || resolved || !hasEscape(bytes, from, to)) {
      return reason;
    }
    fields.resolveEscapes();
    return decoder.decode(fields, false, layout.hasHistory(), sink);
  }

  private static boolean hasEscape(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return true;
      }
    }
    return false;
  }
}

package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.RecordSlice;
import java.time.ZoneId;

/**
 * Sends each line to the parser of its form: Zeek may write one after the other into one stream, so
 * the line's first character decides.
 */
final class ZeekLogParser implements LogParser {
  private static final int BYTE_ORDER_MARK = 0xefbbbf;

  private final ConnTsvParser tsv;
  private final ConnJsonParser json;

  ZeekLogParser(ZoneId zone) {
    tsv = new ConnTsvParser(zone);
    json = new ConnJsonParser(zone);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    int from = textStart(line.bytes(), line.from(), line.to());
    if (startsJson(line.bytes(), from, line.to())) {
      json.parse(line.bytes(), from, line.to(), sink);
    } else {
      tsv.parse(line, from, sink);
    }
  }

  /** Where a line's text starts: after a byte order mark. */
  static int textStart(byte[] bytes, int from, int to) {
    boolean marked =
        from + 3 <= to
            && ((bytes[from] & 0xff) << 16
                    | (bytes[from + 1] & 0xff) << 8
                    | (bytes[from + 2] & 0xff))
                == BYTE_ORDER_MARK;
    return marked ? from + 3 : from;
  }

  /** Whether a line is a JSON object, blanks before it allowed. */
  static boolean startsJson(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i < to && bytes[i] == '{';
  }
}

package io.github.sweepwatch.parser.firewall.checkpoint;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Check Point's log as its exporters write it: pairs in brackets, {@code [action:"Drop"; src:"…"]},
 * pairs with equals signs, and quoted columns. Its CEF and LEEF are read by the parsers of those.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class CheckPointParserProvider implements ParserProvider {
  private static final int HEADER_FOUND = 90;

  /** The provider, as the service loader makes it. */
  public CheckPointParserProvider() {}

  @Override
  public String name() {
    return "checkpoint";
  }

  @Override
  public List<String> formats() {
    return List.of("Check Point log exporter (syslog, key=value)", "Check Point quoted columns");
  }

  @Override
  public int sniff(byte[] head) {
    ExportLayout layout = new ExportLayout();
    int firstEnd = Text.find(head, 0, head.length, '\n');
    if (layout.takeHeader(head, 0, firstEnd)) {
      return HEADER_FOUND;
    }
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    byte[] bytes = record.bytes();
    int from = record.from();
    int to = record.to();
    if (Text.isObject(record)) {
      return false;
    }
    if (ExportLayout.isRow(bytes, from, to)) {
      return true;
    }
    return LogPairs.isCheckPoint(bytes, from, to);
  }

  @Override
  public LogParser open(ParserContext context) {
    return new CheckPointLogParser(context);
  }
}

package io.github.sweepwatch.parser.firewall.cef;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Connections in ArcSight's Common Event Format, of any vendor's devices. Alarms, logons and the
 * devices' own affairs are passed over.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class CefParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public CefParserProvider() {}

  @Override
  public String name() {
    return "cef";
  }

  @Override
  public List<String> formats() {
    return List.of("CEF connections, in syslog or bare");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && CefRecord.find(record.bytes(), record.from(), record.to()) >= 0;
  }

  @Override
  public LogParser open(ParserContext context) {
    return new CefLogParser(context);
  }
}

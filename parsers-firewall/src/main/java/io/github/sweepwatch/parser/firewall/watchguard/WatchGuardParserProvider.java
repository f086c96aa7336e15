package io.github.sweepwatch.parser.firewall.watchguard;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * The traffic log of WatchGuard's Firebox, over syslog.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class WatchGuardParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public WatchGuardParserProvider() {}

  @Override
  public String name() {
    return "watchguard";
  }

  @Override
  public List<String> formats() {
    return List.of("WatchGuard Firebox traffic log");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && (WatchGuardLogParser.message(record.bytes(), record.from(), record.to()) >= 0
            || WatchGuardLogParser.monitored(record.bytes(), record.from(), record.to()) >= 0);
  }

  @Override
  public LogParser open(ParserContext context) {
    return new WatchGuardLogParser(context);
  }
}

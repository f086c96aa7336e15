package io.github.sweepwatch.parser.firewall.sophos;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * The firewall log of Sophos Firewall (XG) in both its dialects, and the packet filter log of
 * Sophos UTM, over syslog.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class SophosParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public SophosParserProvider() {}

  @Override
  public String name() {
    return "sophos";
  }

  @Override
  public List<String> formats() {
    return List.of("Sophos Firewall (XG) firewall log", "Sophos UTM packet filter log");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && SophosLogParser.isRecord(record.bytes(), record.from(), record.to());
  }

  @Override
  public LogParser open(ParserContext context) {
    return new SophosLogParser(context);
  }
}

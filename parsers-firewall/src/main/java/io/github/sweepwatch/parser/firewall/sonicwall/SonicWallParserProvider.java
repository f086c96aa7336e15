package io.github.sweepwatch.parser.firewall.sonicwall;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Connections and dropped packets of SonicWall, over syslog.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class SonicWallParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public SonicWallParserProvider() {}

  @Override
  public String name() {
    return "sonicwall";
  }

  @Override
  public List<String> formats() {
    return List.of("SonicWall syslog (connections and dropped packets)");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && SonicWallLogParser.isRecord(record.bytes(), record.from(), record.to());
  }

  @Override
  public LogParser open(ParserContext context) {
    return new SonicWallLogParser(context);
  }
}

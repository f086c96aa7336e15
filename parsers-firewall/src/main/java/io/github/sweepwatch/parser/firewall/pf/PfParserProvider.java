package io.github.sweepwatch.parser.firewall.pf;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * The filter log of pfSense, from version 2.2 on, and of OPNsense, over syslog or from the file.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class PfParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public PfParserProvider() {}

  @Override
  public String name() {
    return "pf";
  }

  @Override
  public List<String> formats() {
    return List.of("pfSense and OPNsense filterlog");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && FilterLogParser.values(record.bytes(), record.from(), record.to()) >= 0;
  }

  @Override
  public LogParser open(ParserContext context) {
    return new FilterLogParser(context);
  }
}

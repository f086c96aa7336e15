package io.github.sweepwatch.parser.firewall.meraki;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Flows and firewall hits of Cisco Meraki, over syslog.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class MerakiParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public MerakiParserProvider() {}

  @Override
  public String name() {
    return "meraki";
  }

  @Override
  public List<String> formats() {
    return List.of("Cisco Meraki flows and firewall log");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && MerakiLogParser.fields(record.bytes(), record.from(), record.to()) >= 0;
  }

  @Override
  public LogParser open(ParserContext context) {
    return new MerakiLogParser(context);
  }
}

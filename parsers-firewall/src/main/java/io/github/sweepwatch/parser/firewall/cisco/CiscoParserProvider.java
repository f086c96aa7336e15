package io.github.sweepwatch.parser.firewall.cisco;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Cisco's firewalls and routers over syslog: connections and denials of ASA, PIX, FWSM and FTD, the
 * connection events of FTD, and the access lists of IOS, IOS XE and IOS XR.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class CiscoParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public CiscoParserProvider() {}

  @Override
  public String name() {
    return "cisco";
  }

  @Override
  public List<String> formats() {
    return List.of(
        "Cisco ASA, PIX and FWSM syslog",
        "Cisco FTD syslog and connection events",
        "Cisco IOS access-list log");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && new Mnemonic().find(record.bytes(), record.from(), record.to());
  }

  @Override
  public LogParser open(ParserContext context) {
    return new CiscoLogParser(context);
  }
}

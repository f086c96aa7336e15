package io.github.sweepwatch.parser.suricata;

import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Suricata's EVE log ({@code eve.json}): flows, halves of flows, alerts and drops as connections,
 * each flow once, and what SMB and Kerberos records say of logons. Also where a shipper has put the
 * record into an object of its own, or its text into a member. Other records are passed over.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class SuricataParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public SuricataParserProvider() {}

  @Override
  public String name() {
    return "suricata";
  }

  @Override
  public List<String> formats() {
    return List.of(
        "Suricata EVE (JSON): flow, netflow, alert, drop",
        "Suricata EVE (JSON): logons of smb and krb5",
        "Suricata EVE as shipped by Filebeat, Elastic Agent, AWS Network Firewall and others");
  }

  @Override
  public int sniff(byte[] head) {
    return EveSniffer.score(head);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return EveSniffer.isEve(record.bytes(), record.from(), record.to());
  }

  @Override
  public LogParser open(ParserContext context) {
    return new EveParser(context.zone());
  }
}

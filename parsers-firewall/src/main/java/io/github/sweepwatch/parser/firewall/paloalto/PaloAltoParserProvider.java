package io.github.sweepwatch.parser.firewall.paloalto;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * The TRAFFIC log of Palo Alto Networks firewalls: CSV in syslog or a file, and JSON. Other logs of
 * theirs are passed over.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class PaloAltoParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public PaloAltoParserProvider() {}

  @Override
  public String name() {
    return "paloalto";
  }

  @Override
  public List<String> formats() {
    return List.of("Palo Alto TRAFFIC (CSV)", "Palo Alto TRAFFIC (JSON)");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(
        head,
        line ->
            claims(line)
                || TrafficLayout.sent(TrafficLayout.MAX_COLUMNS)
                    .takeHeader(line.bytes(), line.from(), line.to()));
  }

  @Override
  public boolean claims(RecordSlice record) {
    return (!Text.isObject(record)
            && TrafficLine.isPaloAlto(record.bytes(), record.from(), record.to()))
        || TrafficJsonParser.isPaloAlto(record.bytes(), record.from(), record.to());
  }

  @Override
  public LogParser open(ParserContext context) {
    return new PaloAltoLogParser(context);
  }
}

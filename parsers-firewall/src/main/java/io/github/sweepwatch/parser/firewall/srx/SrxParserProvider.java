package io.github.sweepwatch.parser.firewall.srx;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Sessions of Juniper's SRX, created, closed and denied, in structured or plain syslog.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class SrxParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public SrxParserProvider() {}

  @Override
  public String name() {
    return "juniper-srx";
  }

  @Override
  public List<String> formats() {
    return List.of("Juniper SRX session log (structured and plain syslog)");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && SrxLogParser.message(record.bytes(), record.from(), record.to()) >= 0;
  }

  @Override
  public LogParser open(ParserContext context) {
    return new SrxLogParser(context);
  }
}

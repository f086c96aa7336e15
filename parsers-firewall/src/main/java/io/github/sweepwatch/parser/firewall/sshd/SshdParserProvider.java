package io.github.sweepwatch.parser.firewall.sshd;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Attempts to log on that OpenSSH's and Dropbear's servers logged, in syslog or the journal's JSON.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class SshdParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public SshdParserProvider() {}

  @Override
  public String name() {
    return "sshd";
  }

  @Override
  public List<String> formats() {
    return List.of("sshd and Dropbear logons (auth.log, journal JSON)");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return SshdLogParser.isLogon(record.bytes(), record.from(), record.to());
  }

  @Override
  public LogParser open(ParserContext context) {
    return new SshdLogParser(context);
  }
}

package io.github.sweepwatch.parser.firewall.windows;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * The log file of Windows Firewall, {@code pfirewall.log}, from Windows XP on.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class WindowsFirewallParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public WindowsFirewallParserProvider() {}

  @Override
  public String name() {
    return "windows-firewall";
  }

  @Override
  public List<String> formats() {
    return List.of("Windows Firewall log (pfirewall.log)");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, FirewallLogParser::isMarked);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return false;
  }

  @Override
  public LogParser open(ParserContext context) {
    return new FirewallLogParser(context);
  }
}

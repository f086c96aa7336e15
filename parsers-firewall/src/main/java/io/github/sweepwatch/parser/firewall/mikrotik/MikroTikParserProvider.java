package io.github.sweepwatch.parser.firewall.mikrotik;

import io.github.sweepwatch.parser.firewall.netfilter.PrefixVerdicts;
import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;
import java.util.Objects;

/**
 * Packets that MikroTik's RouterOS logged, versions 6 and 7, over syslog. The rule's prefix says
 * what became of the packet, by a table that may be replaced.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class MikroTikParserProvider implements ParserProvider {
  private final PrefixVerdicts verdicts;

  /** The provider with the usual words for verdicts, as the service loader makes it. */
  public MikroTikParserProvider() {
    this(PrefixVerdicts.defaults());
  }

  /**
   * A provider with other words for verdicts.
   *
   * @param verdicts what the prefixes mean
   */
  public MikroTikParserProvider(PrefixVerdicts verdicts) {
    this.verdicts = Objects.requireNonNull(verdicts, "verdicts");
  }

  @Override
  public String name() {
    return "mikrotik";
  }

  @Override
  public List<String> formats() {
    return List.of("MikroTik RouterOS firewall log");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return !Text.isObject(record)
        && MikroTikLogParser.isPacket(record.bytes(), record.from(), record.to());
  }

  @Override
  public LogParser open(ParserContext context) {
    return new MikroTikLogParser(context, verdicts);
  }
}

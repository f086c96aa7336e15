package io.github.sweepwatch.parser.firewall.netfilter;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;
import java.util.Objects;

/**
 * Packets that Linux's packet filter logged: the kernel's lines of iptables, nftables and ufw,
 * those of UniFi and Proxmox, in syslog, by {@code dmesg} or in the journal's JSON; and ulogd's
 * text and JSON. The prefix of each line says what became of the packet, by a table that may be
 * replaced.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class NetfilterParserProvider implements ParserProvider {
  private final PrefixVerdicts verdicts;

  /** The provider with the usual words for verdicts, as the service loader makes it. */
  public NetfilterParserProvider() {
    this(PrefixVerdicts.defaults());
  }

  /**
   * A provider with other words for verdicts.
   *
   * @param verdicts what the prefixes mean
   */
  public NetfilterParserProvider(PrefixVerdicts verdicts) {
    this.verdicts = Objects.requireNonNull(verdicts, "verdicts");
  }

  @Override
  public String name() {
    return "netfilter";
  }

  @Override
  public List<String> formats() {
    return List.of(
        "iptables, nftables, ufw (kernel log, journal JSON)",
        "UniFi and Proxmox firewall log",
        "ulogd (text and JSON)");
  }

  @Override
  public int sniff(byte[] head) {
    return HeadLines.score(head, this::claims);
  }

  @Override
  public boolean claims(RecordSlice record) {
    byte[] bytes = record.bytes();
    int from = record.from();
    int to = record.to();
    return bytes[from] == '{'
        ? PacketJsonParser.isPacket(bytes, from, to)
        : PacketTextParser.isPacket(bytes, from, to);
  }

  @Override
  public LogParser open(ParserContext context) {
    return new NetfilterLogParser(context, verdicts);
  }
}

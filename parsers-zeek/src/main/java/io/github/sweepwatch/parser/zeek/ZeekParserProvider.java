package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Zeek's connection log ({@code conn.log}), tab-separated or JSON, also mixed in one stream, and
 * what the logs of SSH, RDP, NTLM, Kerberos and FTP say of logons, and notices. Other logs of
 * Zeek's are passed over.
 *
 * <p>Columns and members are found by name, under Zeek's own names and the usual renamed ones;
 * separator, markers and header prefix are taken from the header. Times are accepted from 1970 to
 * 2199. A record that is no connection event, for whatever reason, is one rejection.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class ZeekParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public ZeekParserProvider() {}

  @Override
  public String name() {
    return "zeek";
  }

  @Override
  public List<String> formats() {
    return List.of(
        "Zeek conn.log (TSV)",
        "Zeek conn.log (JSON)",
        "Zeek ssh, rdp, ntlm, kerberos and ftp logs (TSV, JSON): logons",
        "Zeek notice.log (TSV, JSON): notices");
  }

  @Override
  public int sniff(byte[] head) {
    return new ZeekSniffer().score(head);
  }

  @Override
  public boolean claims(RecordSlice record) {
    return ZeekSniffer.isZeekJson(record.bytes(), record.from(), record.to());
  }

  @Override
  public LogParser open(ParserContext context) {
    return new ZeekLogParser(context.zone());
  }
}

package io.github.sweepwatch.parser.firewall.fortigate;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * FortiGate's traffic log: pairs of names and values, quoted or bare, separated by blanks or
 * commas, in syslog or a file, from FortiOS 4 on; and its JSON. Other logs of its are passed over.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class FortiGateParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public FortiGateParserProvider() {}

  @Override
  public String name() {
    return "fortigate";
  }

  @Override
  public List<String> formats() {
    return List.of("FortiGate traffic log (key=value)", "FortiGate traffic log (JSON)");
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
    return TrafficJsonParser.isFortiGate(bytes, from, to)
        || (!Text.isObject(record) && isPairs(bytes, from, to));
  }

  /* Sophos has some of these names too, and CEF may carry them behind a prefix. */
  private static boolean isPairs(byte[] bytes, int from, int to) {
    return (hasPair(bytes, from, to, "logid=") || hasPair(bytes, from, to, "log_id="))
        && Text.find(bytes, from, to, "type=") >= 0
        && Text.find(bytes, from, to, "subtype=") >= 0
        && Text.find(bytes, from, to, "log_component=") < 0
        && Text.find(bytes, from, to, "device_name=") < 0
        && Text.find(bytes, from, to, "CEF:") < 0
        && Text.find(bytes, from, to, "LEEF:") < 0;
  }

  private static boolean hasPair(byte[] bytes, int from, int to, String name) {
    int at = Text.find(bytes, from, to, name);
    return at >= 0 && (at == from || bytes[at - 1] == ' ' || bytes[at - 1] == ',');
  }

  @Override
  public LogParser open(ParserContext context) {
    return new FortiGateLogParser(context);
  }
}

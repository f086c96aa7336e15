package io.github.sweepwatch.parser.firewall.netflow;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * NetFlow and IPFIX as others write them out: the text and CSV of nfdump and SiLK, and the JSON of
 * nfdump, Logstash, Filebeat, ElastiFlow, pmacct, GoFlow2 and nProbe.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class NetFlowParserProvider implements ParserProvider {
  /** The provider, as the service loader makes it. */
  public NetFlowParserProvider() {}

  @Override
  public String name() {
    return "netflow";
  }

  @Override
  public List<String> formats() {
    return List.of("nfdump and SiLK (text, CSV)", "NetFlow and IPFIX (JSON)");
  }

  @Override
  public int sniff(byte[] head) {
    int score = HeadLines.score(head, this::claims);
    boolean header =
        HeadLines.score(
                head, line -> new FlowColumns().takeHeader(line.bytes(), line.from(), line.to()))
            > 0;
    // Printed over several lines, few of them bear a mark.
    boolean json = FlowJsonParser.isNetFlow(head, 0, head.length);
    return header || json ? Math.max(score, 80) : score;
  }

  @Override
  public boolean claims(RecordSlice record) {
    byte[] bytes = record.bytes();
    int from = record.from();
    int to = record.to();
    return FlowText.isRow(bytes, from, to)
        || ((bytes[from] == '{' || bytes[from] == '[')
            && FlowJsonParser.isNetFlow(bytes, from, to));
  }

  @Override
  public LogParser open(ParserContext context) {
    return new FlowLogParser(context);
  }
}

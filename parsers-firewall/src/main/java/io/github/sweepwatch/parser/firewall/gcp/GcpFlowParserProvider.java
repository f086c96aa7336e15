package io.github.sweepwatch.parser.firewall.gcp;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Google Cloud's VPC flow logs and firewall rule logs: JSON, one entry a line, printed over
 * several, or in an array.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class GcpFlowParserProvider implements ParserProvider {
  private static final int FOUND = 95;

  /** The provider, as the service loader makes it. */
  public GcpFlowParserProvider() {}

  @Override
  public String name() {
    return "gcp-flow";
  }

  @Override
  public List<String> formats() {
    return List.of("GCP VPC flow log (JSON)", "GCP firewall rule log (JSON)");
  }

  @Override
  public int sniff(byte[] head) {
    if (HeadLines.score(head, this::claims) > 0) {
      return FOUND;
    }
    boolean spread =
        Text.find(head, 0, head.length, "\"jsonPayload\"") >= 0
            && Text.find(head, 0, head.length, "\"connection\"") >= 0;
    return spread ? FOUND : 0;
  }

  @Override
  public boolean claims(RecordSlice record) {
    byte[] bytes = record.bytes();
    int from = record.from();
    int to = record.to();
    return Text.find(bytes, from, to, "\"connection\"") >= 0
        && Text.find(bytes, from, to, "\"src_ip\"") >= 0
        && (Text.find(bytes, from, to, "\"jsonPayload\"") >= 0
            || Text.find(bytes, from, to, "\"reporter\"") >= 0
            || Text.find(bytes, from, to, "\"rule_details\"") >= 0);
  }

  @Override
  public LogParser open(ParserContext context) {
    return new GcpLogParser(context);
  }
}

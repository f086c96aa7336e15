package io.github.sweepwatch.parser.firewall.azure;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.List;

/**
 * Azure's flow logs of network security groups (versions 1 and 2) and virtual networks (version 4),
 * and the network rule log of Azure Firewall; JSON, one record a line, printed over several, or in
 * an array {@code records}.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class AzureFlowParserProvider implements ParserProvider {
  private static final int FOUND = 95;

  /** The provider, as the service loader makes it. */
  public AzureFlowParserProvider() {}

  @Override
  public String name() {
    return "azure-flow";
  }

  @Override
  public List<String> formats() {
    return List.of(
        "Azure NSG flow log (JSON)", "Azure VNet flow log (JSON)", "Azure Firewall (JSON)");
  }

  @Override
  public int sniff(byte[] head) {
    int score = HeadLines.score(head, this::claims);
    boolean spread = score > 0 && Text.find(head, 0, head.length, '{') < head.length;
    return spread ? FOUND : 0;
  }

  @Override
  public boolean claims(RecordSlice record) {
    byte[] bytes = record.bytes();
    int from = record.from();
    int to = record.to();
    return Text.find(bytes, from, to, "\"flowTuples\"") >= 0
        || Text.find(bytes, from, to, "\"AzureFirewall") >= 0
        || Text.find(bytes, from, to, "\"AZFW") >= 0
        || Text.find(bytes, from, to, "\"NetworkSecurityGroupFlowEvent") >= 0
        || Text.find(bytes, from, to, "\"FlowLogFlowEvent") >= 0;
  }

  @Override
  public LogParser open(ParserContext context) {
    return new AzureLogParser(context);
  }
}

package io.github.sweepwatch.parser.firewall.aws;

import io.github.sweepwatch.parser.firewall.record.HeadLines;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * AWS VPC and transit gateway flow logs, text of every version and JSON. The order of the columns
 * comes from the file's header, from the constructor, or from the columns' contents.
 *
 * <p>Thread-safe; the parsers it opens are not.
 */
public final class AwsVpcParserProvider implements ParserProvider {
  private static final int HEADER_FOUND = 95;

  private final String format;

  /** The provider, as the service loader makes it. */
  public AwsVpcParserProvider() {
    this("");
  }

  /**
   * A provider for files of a custom format that have no header.
   *
   * @param format the format as AWS was given it, {@code ${version} ${srcaddr} ...}, or the names
   *     alone; empty for none
   */
  public AwsVpcParserProvider(String format) {
    this.format = format.replace("$", "").replace("{", "").replace("}", "");
  }

  @Override
  public String name() {
    return "aws-vpc";
  }

  @Override
  public List<String> formats() {
    return List.of("AWS VPC flow log (text)", "AWS VPC flow log (JSON)");
  }

  @Override
  public int sniff(byte[] head) {
    int firstEnd = Text.find(head, 0, head.length, '\n');
    if (new FlowLayout().takeHeader(head, 0, firstEnd)) {
      return HEADER_FOUND;
    }
    FlowLayout layout = new FlowLayout();
    return HeadLines.score(
        head, line -> claims(line) || layout.infer(line.bytes(), line.from(), line.to()));
  }

  @Override
  public boolean claims(RecordSlice record) {
    byte[] bytes = record.bytes();
    int from = record.from();
    int to = record.to();
    if (bytes[from] == '{' || bytes[from] == '[') {
      return Text.find(bytes, from, to, "\"srcaddr\"") >= 0
          || (Text.find(bytes, from, to, "\"message\"") >= 0
              && Text.find(bytes, from, to, " eni-") >= 0);
    }
    return isDefault(bytes, from, to);
  }

  /* A version, an account, an interface; and the status at the end of what version 2 has. */
  private static boolean isDefault(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
      i++;
    }
    return i > from
        && i <= from + 2
        && i < to
        && bytes[i] == ' '
        && (Text.find(bytes, i, to, " eni-") >= 0 || Text.find(bytes, i, to, " tgw-") >= 0);
  }

  @Override
  public LogParser open(ParserContext context) {
    FlowLayout layout = new FlowLayout();
    byte[] names = format.getBytes(StandardCharsets.UTF_8);
    layout.takeHeader(names, 0, names.length);
    return new FlowLogParser(context, layout);
  }
}

package io.github.sweepwatch.parser.firewall.netfilter;

import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;

/** Sends each line to the parser of its form. */
final class NetfilterLogParser implements LogParser {
  private final PacketTextParser text;
  private final JsonObjects json;

  NetfilterLogParser(ParserContext context, PrefixVerdicts verdicts) {
    text = new PacketTextParser(context, verdicts);
    json = new JsonObjects(new PacketJsonParser(context, text, verdicts));
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    int first = line.bytes()[line.from()];
    // The kernel's own lines begin with a bracket too, before the uptime.
    if (json.isPending() || first == '{' || (first == '[' && line.length() == 1)) {
      json.parse(line, sink);
    } else {
      text.parse(line.bytes(), line.from(), line.to(), sink);
    }
  }

  @Override
  public void finish(EventSink sink) {
    json.finish(sink);
  }
}

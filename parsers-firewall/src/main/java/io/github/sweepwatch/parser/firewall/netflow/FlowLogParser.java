package io.github.sweepwatch.parser.firewall.netflow;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;

/** Sends each line to the parser of its form. */
final class FlowLogParser implements LogParser {
  private final FlowColumns columns = new FlowColumns();
  private final FlowText text = new FlowText();
  private final Fields fields = new Fields();
  private final FlowDecoder decoder;
  private final JsonObjects json;

  FlowLogParser(ParserContext context) {
    decoder = new FlowDecoder(context);
    json = new JsonObjects(new FlowJsonParser(decoder));
  }

  @Override
  public void finish(EventSink sink) {
    json.finish(sink);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    if (json.isPending() || bytes[from] == '{' || bytes[from] == '[') {
      json.parse(line, sink);
    } else if (FlowText.isRow(bytes, from, to)) {
      text.read(bytes, from, to, fields);
      decoder.decode(fields, sink);
    } else if (!columns.takeHeader(bytes, from, to)
        && columns.read(bytes, from, to, fields)
        && fields.has(Field.SOURCE)) {
      decoder.decode(fields, sink);
    } else if (text.isCut(bytes, from, to)) {
      sink.reject("no source and destination with an arrow between");
    }
  }
}

package io.github.sweepwatch.parser.firewall.fortigate;

import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.parser.firewall.record.KeyValues;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;

/** Sends each line to the parser of its form. */
final class FortiGateLogParser implements LogParser {
  private final Fields fields = new Fields();
  private final TrafficDecoder decoder;
  private final JsonObjects json;

  FortiGateLogParser(ParserContext context) {
    decoder = new TrafficDecoder(context);
    json = new JsonObjects(new TrafficJsonParser(decoder));
  }

  @Override
  public void finish(EventSink sink) {
    json.finish(sink);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    if (json.isPending() || bytes[from] == '{' || bytes[from] == '[') {
      json.parse(line, sink);
      return;
    }
    KeyValues.read(bytes, from, line.to(), TrafficDecoder.NAMES, fields);
    if (TrafficDecoder.isTraffic(fields)) {
      decoder.decode(fields, sink);
    }
  }
}

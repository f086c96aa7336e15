package io.github.sweepwatch.parser.firewall.paloalto;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;

/** Sends each line to the parser of its form. */
final class PaloAltoLogParser implements LogParser {
  private final TrafficLayout sent = TrafficLayout.sent(TrafficLayout.SENT_COLUMNS);
  private final TrafficLayout trimmed = TrafficLayout.trimmed();
  private final TrafficLayout exported = TrafficLayout.sent(TrafficLayout.MAX_COLUMNS);
  private final Fields fields = new Fields();
  private final TrafficDecoder decoder;
  private final JsonObjects json;
  private int prefix;

  PaloAltoLogParser(ParserContext context) {
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
    int to = line.to();
    // Lines of one device have the columns in one place.
    int receipt = from + prefix;
    boolean traffic = !json.isPending() && TrafficLine.isTraffic(bytes, receipt, to);
    if (!traffic) {
      receipt = json.isPending() ? TrafficLine.NONE : TrafficLine.receiptTime(bytes, from, to);
    }
    if (!traffic && receipt != TrafficLine.NONE) {
      prefix = receipt - from;
      traffic = TrafficLine.type(bytes, receipt, to).equals(TrafficLine.TRAFFIC);
    }
    if (receipt == TrafficLine.NONE
        && (json.isPending() || TrafficJsonParser.isJson(bytes, from, to))) {
      json.parse(line, sink);
      return;
    }
    if (receipt == TrafficLine.NONE && exported.takeHeader(bytes, from, to)) {
      return;
    }
    if (exported.isNamed()) {
      exported.read(bytes, from, to, fields);
      if (fields.has(Field.TYPE) && !fields.is(Field.TYPE, "traffic")) {
        return;
      }
    } else if (traffic) {
      sent.read(bytes, receipt, to, fields);
      if (sent.wasTrimmed()) {
        trimmed.read(bytes, receipt, to, fields);
      }
    } else {
      return;
    }
    String problem = decoder.decode(fields, sink);
    if (problem != null) {
      sink.reject(problem);
    }
  }
}

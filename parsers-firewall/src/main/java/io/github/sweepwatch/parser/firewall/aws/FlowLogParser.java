package io.github.sweepwatch.parser.firewall.aws;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonMembers;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;

/** Parses rows and JSON objects, which may have a row as their message. */
final class FlowLogParser implements LogParser, JsonObjects.Parser {
  private final FlowLayout layout;
  private final Fields row = new Fields();
  private final Fields object = new Fields();
  private final JsonMembers members = new JsonMembers(FlowLayout.NAMES);
  private final JsonObjects json = new JsonObjects(this);
  private final FlowDecoder decoder;
  private String problem = "";

  FlowLogParser(ParserContext context, FlowLayout layout) {
    this.layout = layout;
    decoder = new FlowDecoder(context);
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
    } else {
      row(bytes, from, line.to(), sink);
    }
  }

  private void row(byte[] bytes, int from, int to, EventSink sink) {
    int width = layout.read(bytes, from, to, row);
    if (width > 0 && width < layout.width() && row.has(Field.SOURCE)) {
      sink.reject(width + " columns where the header has " + layout.width());
    } else if (row.has(Field.SOURCE) && row.has(Field.DESTINATION)) {
      if (!layout.takeHeader(bytes, from, to)) {
        decoder.decode(row, sink);
      }
    } else if (!layout.takeHeader(bytes, from, to) && isCut(bytes, from, to)) {
      sink.reject("no source and destination address with ports and protocol");
    }
  }

  /* Whether a line is of the format, and not one of those that say there was nothing to log. */
  private static boolean isCut(byte[] bytes, int from, int to) {
    return Text.find(bytes, from, to, " eni-") >= 0
        && Text.find(bytes, from, to, "NODATA") < 0
        && Text.find(bytes, from, to, "SKIPDATA") < 0
        && Text.find(bytes, from, to, " - - - ") < 0;
  }

  @Override
  public JsonObjects.Found parse(byte[] bytes, int from, int to, EventSink sink) {
    problem = "";
    if (!members.read(bytes, from, to, object)) {
      problem = members.problem();
      return members.isCut() ? JsonObjects.Found.CUT : JsonObjects.Found.BROKEN;
    }
    if (object.has(Field.SOURCE) && object.has(Field.DESTINATION)) {
      decoder.decode(object, sink);
      return JsonObjects.Found.RECORD;
    }
    if (object.has(Field.MESSAGE)) {
      row(object.bytes(), object.from(Field.MESSAGE), object.to(Field.MESSAGE), sink);
      return JsonObjects.Found.RECORD;
    }
    return JsonObjects.Found.OTHER;
  }

  @Override
  public String problem() {
    return problem;
  }
}

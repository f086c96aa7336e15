package io.github.sweepwatch.parser.firewall.fortigate;

import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonMembers;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;

/** Parses the JSON form, which has the same names. */
final class TrafficJsonParser implements JsonObjects.Parser {
  private final JsonMembers members = new JsonMembers(TrafficDecoder.NAMES);
  private final Fields fields = new Fields();
  private final TrafficDecoder decoder;
  private String problem = "";

  TrafficJsonParser(TrafficDecoder decoder) {
    this.decoder = decoder;
  }

  static boolean isFortiGate(byte[] bytes, int from, int to) {
    return Text.find(bytes, from, to, "\"logid\"") >= 0
        && Text.find(bytes, from, to, "\"subtype\"") >= 0;
  }

  @Override
  public JsonObjects.Found parse(byte[] bytes, int from, int to, EventSink sink) {
    problem = "";
    if (!members.read(bytes, from, to, fields)) {
      problem = members.problem();
      return members.isCut() ? JsonObjects.Found.CUT : JsonObjects.Found.BROKEN;
    }
    if (!TrafficDecoder.isTraffic(fields)) {
      return JsonObjects.Found.OTHER;
    }
    decoder.decode(fields, sink);
    return JsonObjects.Found.RECORD;
  }

  @Override
  public String problem() {
    return problem;
  }
}

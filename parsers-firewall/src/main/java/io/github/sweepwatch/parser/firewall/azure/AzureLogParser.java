package io.github.sweepwatch.parser.firewall.azure;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonMembers;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import io.github.sweepwatch.text.JsonCursor;
import io.github.sweepwatch.text.JsonKey;
import io.github.sweepwatch.text.JsonToken;

/** Parses records: each list of tuples in a flow record, and each rule record of the firewall. */
final class AzureLogParser implements LogParser, JsonObjects.Parser {
  private static final JsonKey TUPLES = new JsonKey("flowTuples");
  private static final JsonKey MAC = new JsonKey("mac");
  private static final JsonKey MAC_ADDRESS = new JsonKey("macAddress");

  private static final FieldNames RULE_NAMES =
      FieldNames.builder()
          .put(Field.TYPE, "category", "Category")
          .put(Field.TIME, "time", "TimeGenerated", "TimeGenerated [UTC]")
          .put(Field.MESSAGE, "properties.msg", "msg_s")
          .put(Field.SOURCE, "properties.SourceIp", "SourceIp")
          .put(Field.DESTINATION, "properties.DestinationIp", "DestinationIp")
          .put(Field.SOURCE_PORT, "properties.SourcePort", "SourcePort")
          .put(Field.DESTINATION_PORT, "properties.DestinationPort", "DestinationPort")
          .put(Field.PROTOCOL, "properties.Protocol", "Protocol")
          .put(Field.ACTION, "properties.Action", "Action")
          .put(Field.SENSOR, "resourceId", "ResourceId", "_ResourceId")
          .put(Field.TUPLES, "properties.flows.flows.flowTuples")
          .put(Field.TUPLES, "flowRecords.flows.flowGroups.flowTuples")
          .build();

  private final JsonObjects json = new JsonObjects(this);
  private final JsonMembers members = new JsonMembers(RULE_NAMES);
  private final Fields rule = new Fields();
  private final JsonCursor cursor = new JsonCursor();
  private final FlowTuple tuple;
  private final FirewallRule firewall;
  private String problem = "";

  AzureLogParser(ParserContext context) {
    tuple = new FlowTuple(context);
    firewall = new FirewallRule(context);
  }

  @Override
  public void finish(EventSink sink) {
    json.finish(sink);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    json.parse(line, sink);
  }

  @Override
  public JsonObjects.Found parse(byte[] bytes, int from, int to, EventSink sink) {
    problem = "";
    // The first walk shows that the record is whole.
    if (!members.read(bytes, from, to, rule)) {
      problem = members.problem();
      return members.isCut() ? JsonObjects.Found.CUT : JsonObjects.Found.BROKEN;
    }
    if (rule.has(Field.TUPLES)) {
      tuples(bytes, from, to, sink);
      return JsonObjects.Found.RECORD;
    }
    if (rule.startsWith(Field.TYPE, "azurefirewall") || rule.startsWith(Field.TYPE, "azfw")) {
      firewall.decode(rule, sink);
      return JsonObjects.Found.RECORD;
    }
    return rule.has(Field.TYPE) ? JsonObjects.Found.RECORD : JsonObjects.Found.OTHER;
  }

  private void tuples(byte[] bytes, int from, int to, EventSink sink) {
    cursor.reset(bytes, from, to);
    int listDepth = -1;
    JsonToken token;
    while ((token = cursor.next()) != JsonToken.END && token != JsonToken.INVALID) {
      if (listDepth >= 0) {
        if (token == JsonToken.END_ARRAY && cursor.depth() < listDepth) {
          listDepth = -1;
        } else if (token == JsonToken.STRING) {
          tuple.decode(bytes, cursor.from(), cursor.to(), sink);
        }
      } else if (token == JsonToken.BEGIN_ARRAY && cursor.keyIs(TUPLES)) {
        listDepth = cursor.depth();
      } else if (token == JsonToken.STRING && (cursor.keyIs(MAC) || cursor.keyIs(MAC_ADDRESS))) {
        tuple.sensor(bytes, cursor.from(), cursor.to());
      }
    }
  }

  @Override
  public String problem() {
    return problem;
  }
}

package io.github.sweepwatch.parser.firewall.checkpoint;

import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.parser.firewall.record.ConnectionDecoder;
import io.github.sweepwatch.parser.firewall.record.Dispositions;
import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.HeaderStamp;
import io.github.sweepwatch.parser.firewall.record.SeenSessions;
import io.github.sweepwatch.parser.firewall.record.ServiceNames;
import io.github.sweepwatch.parser.firewall.record.Stamps;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;

/** Parses lines of pairs and of columns. */
final class CheckPointLogParser implements LogParser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.SOURCE, "src", "Source", "src_ip")
          .put(Field.DESTINATION, "dst", "Destination", "dst_ip")
          .put(Field.SOURCE_PORT, "s_port", "sport_svc", "sport", "src_port")
          .put(Field.DESTINATION_PORT, "svc", "d_port", "dport", "service", "dst_port")
          .put(Field.PROTOCOL, "proto", "protocol", "ip_proto")
          .put(Field.ACTION, "action", "rule_action")
          .put(Field.APPLICATION, "product", "ProductName")
          .put(Field.TIME, "time", "start_time")
          .put(Field.ICMP_TYPE, "icmp_type", "icmp-type", "ICMP_Type")
          .put(Field.ICMP_CODE, "icmp_code", "icmp-code", "ICMP_Code")
          .put(Field.SESSION, "loguid", "UUid")
          .put(Field.SOURCE_BYTES, "client_inbound_bytes", "sent_bytes")
          .put(Field.DESTINATION_BYTES, "server_inbound_bytes", "received_bytes")
          .put(Field.SOURCE_PACKETS, "client_inbound_packets")
          .put(Field.DESTINATION_PACKETS, "server_inbound_packets")
          .put(Field.USER, "src_user_name", "user")
          .put(Field.SENSOR, "origin", "orig", "hostname")
          .put(Field.TUPLES, "packets")
          .build();
  private static final long WINDOW_MICROS = 24 * 3_600_000_000L;
  private static final int TUPLE_PARTS = 5;

  private final ExportLayout layout = new ExportLayout();
  private final Fields fields = new Fields();
  private final Fields tuple = new Fields();
  private final ConnectionDecoder decoder = new ConnectionDecoder();
  private final SeenSessions seen = new SeenSessions(WINDOW_MICROS);
  private final Stamps stamps;
  private final HeaderStamp header;
  private boolean named;

  CheckPointLogParser(ParserContext context) {
    stamps = new Stamps(context);
    header = new HeaderStamp(stamps);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    if (layout.takeHeader(bytes, from, to)) {
      named = true;
      return;
    }
    boolean row = named || ExportLayout.isRow(bytes, from, to);
    int start = from;
    if (row) {
      if (!layout.read(bytes, from, to, fields)) {
        return;
      }
    } else {
      start = LogPairs.start(bytes, from, to);
      LogPairs.read(bytes, start, to, NAMES, fields);
    }
    if (fields.has(Field.TUPLES) && !fields.has(Field.SOURCE)) {
      tuples(time(bytes, from, start > from ? start : to), sink);
    } else if (isConnection()) {
      connection(time(bytes, from, start > from ? start : to), sink);
    }
  }

  /* The virus scanner and others log beside the firewall; so do consoles and updates. */
  private boolean isConnection() {
    if (!fields.has(Field.SOURCE) || !fields.has(Field.DESTINATION)) {
      return false;
    }
    boolean endpoints =
        fields.has(Field.PROTOCOL)
            || fields.has(Field.DESTINATION_PORT)
            || fields.has(Field.SOURCE_PORT);
    return endpoints
        && !(fields.has(Field.APPLICATION)
            && Dispositions.isOtherEvent(
                fields.bytes(), fields.from(Field.APPLICATION), fields.to(Field.APPLICATION)))
        && !fields.is(Field.TYPE, "control");
  }

  private long time(byte[] bytes, int from, int start) {
    long micros = stamps.read(fields, Field.TIME);
    if (micros < 0) {
      micros = stamps.readParts(fields);
    }
    return micros < 0 ? header.read(bytes, from, start) : micros;
  }

  private void connection(long micros, EventSink sink) {
    ServiceNames.resolve(fields, Field.DESTINATION_PORT);
    ServiceNames.resolve(fields, Field.SOURCE_PORT);
    String problem = decoder.decode(fields);
    if (problem == null && micros < 0) {
      problem = ConnectionDecoder.problem(fields, Field.TIME, "time", "time");
    }
    if (problem != null) {
      sink.reject(problem);
    } else if (!isUpdate(micros)) {
      sink.connection(decoder.event().timeMicros(micros).outcome(outcome()).build());
    }
  }

  /* A record may come again with the same identifier when more is known of the connection. */
  private boolean isUpdate(long micros) {
    if (!fields.has(Field.SESSION)) {
      return false;
    }
    long identifier = 1;
    for (int i = fields.from(Field.SESSION); i < fields.to(Field.SESSION); i++) {
      identifier = identifier * 0x9e37_79b9_7f4a_7c15L + fields.bytes()[i];
    }
    return seen.add(decoder, identifier, micros);
  }

  private Outcome outcome() {
    if (Dispositions.outcome(fields, Field.ACTION) == Outcome.BLOCKED) {
      return Outcome.BLOCKED;
    }
    return ConnectionDecoder.number(fields, Field.DESTINATION_BYTES) > 0
        ? Outcome.ESTABLISHED
        : Outcome.UNKNOWN;
  }

  /* <source,port,destination,port,protocol;interface> for each packet of a record of many. */
  private void tuples(long micros, EventSink sink) {
    byte[] bytes = fields.bytes();
    int to = fields.to(Field.TUPLES);
    int at = fields.from(Field.TUPLES);
    Outcome outcome = outcome();
    while ((at = Text.find(bytes, at, to, '<') + 1) <= to) {
      int end = Text.find(bytes, at, to, '>');
      int stop = Text.find(bytes, at, end, ';');
      tuple.start(bytes, at, stop);
      int part = 0;
      int i = at;
      while (part < TUPLE_PARTS && i <= stop) {
        int comma = Text.find(bytes, i, stop, ',');
        tuple.put(TUPLE[part++], i, comma);
        i = comma + 1;
      }
      String problem = decoder.decode(tuple);
      if (problem == null && micros < 0) {
        problem = "time is not set";
      }
      if (problem != null) {
        sink.reject(problem);
      } else {
        sink.connection(decoder.event().timeMicros(micros).outcome(outcome).build());
      }
      at = end;
    }
  }

  private static final Field[] TUPLE = {
    Field.SOURCE, Field.SOURCE_PORT, Field.DESTINATION, Field.DESTINATION_PORT, Field.PROTOCOL
  };
}

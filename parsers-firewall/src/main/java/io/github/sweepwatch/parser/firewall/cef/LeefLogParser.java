package io.github.sweepwatch.parser.firewall.cef;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;

/** Parses each line that has a record. */
final class LeefLogParser implements LogParser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.SOURCE, "src", "srcip", "SourceIP")
          .put(Field.DESTINATION, "dst", "dstip", "DestinationIP")
          .put(Field.SOURCE_PORT, "srcPort", "spt", "sourcePort", "src_port", "s_port")
          .put(Field.DESTINATION_PORT, "dstPort", "dpt", "destinationPort", "dst_port", "dport")
          .put(Field.DESTINATION_PORT, "service")
          .put(Field.PROTOCOL, "proto", "protocol")
          .put(Field.ACTION, "action", "act", "rule_action")
          .put(Field.REASON, "SessionEndReason", "session_end_reason")
          .put(Field.START, "StartTime", "SessionStartTime", "start")
          .put(Field.TIME, "devTime", "deviceTime", "ReceiveTime", "rt", "eventtime", "time")
          .put(Field.SOURCE_BYTES, "srcBytes", "sentbyte", "BytesSent")
          .put(Field.DESTINATION_BYTES, "dstBytes", "rcvdbyte", "BytesReceived")
          .put(Field.SOURCE_PACKETS, "srcPackets", "sentpkt")
          .put(Field.DESTINATION_PACKETS, "dstPackets", "rcvdpkt")
          .put(Field.DURATION, "ElapsedTime", "duration")
          .put(Field.SESSION, "SessionID", "sessionid")
          .put(Field.COUNT, "RepeatCount")
          .put(Field.USER, "usrName")
          .put(Field.SENSOR, "devName", "DeviceName", "identHostName", "origin")
          .put(Field.TYPE, "Type", "cat")
          .put(Field.SUBTYPE, "Subtype")
          .put(Field.ICMP_TYPE, "icmp_type", "icmpType")
          .put(Field.ICMP_CODE, "icmp_code", "icmpCode")
          .build();
  private static final int EVENT_ID = 4;

  private final LeefRecord record = new LeefRecord();
  private final Fields fields = new Fields();
  private final DeviceEvent event;

  LeefLogParser(ParserContext context) {
    event = new DeviceEvent(context);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int start = LeefRecord.find(bytes, line.from(), line.to());
    if (start < 0) {
      return;
    }
    record.read(bytes, start, line.to(), NAMES, fields);
    event.start();
    event.title(bytes, record.from(EVENT_ID), record.to(EVENT_ID));
    if (event.isConnection(fields)) {
      event.decode(fields, bytes, line.from(), start, sink);
    }
  }
}

package io.github.sweepwatch.parser.firewall.cef;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;
import io.github.sweepwatch.spi.LogParser;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.RecordSlice;
import java.util.Arrays;

/**
 * Parses each line that has a record. One that lacks an address may have been broken by a line
 * break in a value: then the lines after it are tried as its rest.
 */
final class CefLogParser implements LogParser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          .put(Field.SOURCE, "src", "sourceAddress", "c6a2", "SourceIP")
          .put(Field.DESTINATION, "dst", "destinationAddress", "c6a3", "DestinationIP")
          .put(Field.SOURCE_PORT, "spt", "sourcePort")
          .put(Field.DESTINATION_PORT, "dpt", "destinationPort")
          .put(Field.PROTOCOL, "proto", "transportProtocol")
          .put(Field.ACTION, "act", "deviceAction", "FTNTFGTaction", "rule_action")
          .put(Field.REASON, "reason", "PanOSSessionEndReason")
          .put(Field.START, "start", "startTime", "PanOSSessionStartTime")
          .put(Field.TIME, "FTNTFGTeventtime", "rt", "deviceReceiptTime", "art")
          .put(Field.END, "end", "endTime")
          .put(Field.SOURCE_BYTES, "out", "bytesOut")
          .put(Field.DESTINATION_BYTES, "in", "bytesIn")
          .put(Field.SOURCE_PACKETS, "FTNTFGTsentpkt", "PanOSPacketsSent")
          .put(Field.DESTINATION_PACKETS, "FTNTFGTrcvdpkt", "PanOSPacketsReceived")
          .put(Field.COUNT, "cnt", "baseEventCount")
          .put(Field.USER, "suser", "sourceUserName")
          .put(Field.SENSOR, "dvchost", "deviceHostName", "dvc", "deviceAddress")
          .put(Field.TYPE, "FTNTFGTtype", "cat", "deviceEventCategory")
          .put(Field.SUBTYPE, "FTNTFGTsubtype", "PanOSLogSubtype")
          .put(Field.RESULT, "categoryOutcome")
          .put(Field.ICMP_TYPE, "icmp_type", "icmpType", "ICMPType")
          .put(Field.ICMP_CODE, "icmp_code", "icmpCode", "ICMPCode")
          .build();
  private static final int VENDOR = 1;
  private static final int PRODUCT = 2;
  private static final int EVENT_CLASS = 4;
  private static final int NAME = 5;
  private static final int MAX_PENDING = 64 << 10;

  private final CefRecord record = new CefRecord();
  private final Fields fields = new Fields();
  private final DeviceEvent event;

  private byte[] pending = new byte[0];
  private int pendingLength;

  CefLogParser(ParserContext context) {
    event = new DeviceEvent(context);
  }

  @Override
  public void parse(RecordSlice line, EventSink sink) {
    byte[] bytes = line.bytes();
    int from = line.from();
    int to = line.to();
    int start = CefRecord.find(bytes, from, to);
    if (start >= 0) {
      pendingLength = 0;
      if (!parse(bytes, from, start, to, sink)) {
        append(bytes, from, to);
      }
    } else if (pendingLength > 0) {
      append(bytes, from, to);
      start = CefRecord.find(pending, 0, pendingLength);
      if (start >= 0 && parse(pending, 0, start, pendingLength, sink)) {
        pendingLength = 0;
      }
    }
  }

  /* Returns whether there is nothing more to come. */
  private boolean parse(byte[] bytes, int from, int start, int to, EventSink sink) {
    record.read(bytes, start, to, NAMES, fields);
    event.start();
    event.title(bytes, record.from(EVENT_CLASS), record.to(EVENT_CLASS));
    event.title(bytes, record.from(NAME), record.to(NAME));
    if (Text.startsWith(bytes, record.from(VENDOR), record.to(VENDOR), "check point")) {
      // Its products are functions of one device: the firewall, the virus scanner and so on.
      event.title(bytes, record.from(PRODUCT), record.to(PRODUCT));
    }
    if (event.isConnection(fields)) {
      event.decode(fields, bytes, from, start, sink);
      return true;
    }
    return fields.has(Field.SOURCE) && fields.has(Field.DESTINATION);
  }

  private void append(byte[] bytes, int from, int to) {
    int length = to - from;
    if (pendingLength + length + 1 > MAX_PENDING) {
      pendingLength = 0;
      return;
    }
    if (pendingLength + length + 1 > pending.length) {
      pending = Arrays.copyOf(pending, Math.min(MAX_PENDING, 2 * (pendingLength + length + 1)));
    }
    System.arraycopy(bytes, from, pending, pendingLength, length);
    pendingLength += length;
    // The break stood between words, or within a value where a blank does no harm.
    pending[pendingLength++] = ' ';
  }
}

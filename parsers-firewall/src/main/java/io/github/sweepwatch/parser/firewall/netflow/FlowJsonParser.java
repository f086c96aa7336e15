package io.github.sweepwatch.parser.firewall.netflow;

import io.github.sweepwatch.parser.firewall.record.Field;
import io.github.sweepwatch.parser.firewall.record.FieldNames;
import io.github.sweepwatch.parser.firewall.record.Fields;
import io.github.sweepwatch.parser.firewall.record.JsonMembers;
import io.github.sweepwatch.parser.firewall.record.JsonObjects;
import io.github.sweepwatch.parser.firewall.record.Text;
import io.github.sweepwatch.spi.EventSink;

/** Parses the JSON forms, which differ in the names of their members only. */
final class FlowJsonParser implements JsonObjects.Parser {
  private static final FieldNames NAMES =
      FieldNames.builder()
          // Logstash's codec, version 5 and 9, and IPFIX.
          .put(Field.SOURCE, "netflow.ipv4_src_addr", "netflow.ipv6_src_addr")
          .put(Field.SOURCE, "netflow.sourceIPv4Address", "netflow.sourceIPv6Address")
          .put(Field.DESTINATION, "netflow.ipv4_dst_addr", "netflow.ipv6_dst_addr")
          .put(Field.DESTINATION, "netflow.destinationIPv4Address")
          .put(Field.DESTINATION, "netflow.destinationIPv6Address")
          .put(Field.SOURCE_PORT, "netflow.l4_src_port", "netflow.sourceTransportPort")
          .put(Field.DESTINATION_PORT, "netflow.l4_dst_port", "netflow.destinationTransportPort")
          .put(Field.PROTOCOL, "netflow.protocol", "netflow.protocolIdentifier")
          .put(Field.FLAGS, "netflow.tcp_flags", "netflow.tcpControlBits")
          .put(Field.SOURCE_BYTES, "netflow.in_bytes", "netflow.octetDeltaCount")
          .put(Field.SOURCE_PACKETS, "netflow.in_pkts", "netflow.packetDeltaCount")
          .put(Field.START, "netflow.first_switched", "netflow.flowStartMilliseconds")
          .put(Field.START, "netflow.flowStartSeconds", "netflow.flowStartMicroseconds")
          .put(Field.END, "netflow.last_switched", "netflow.flowEndMilliseconds")
          .put(Field.START, "netflow.flow_start_msec", "netflow.event_time_msec")
          .put(Field.ICMP, "netflow.icmp_type", "netflow.icmpTypeCodeIPv4")
          .put(Field.ICMP_TYPE, "netflow.icmpTypeIPv4", "netflow.icmpTypeIPv6")
          .put(Field.ICMP_CODE, "netflow.icmp_code", "netflow.icmpCodeIPv4")
          .put(Field.ICMP_CODE, "netflow.icmpCodeIPv6")
          // What a firewall counted of both sides.
          .put(Field.SOURCE_BYTES, "netflow.initiator_octets", "netflow.fwd_flow_delta_bytes")
          .put(Field.SOURCE_PACKETS, "netflow.initiator_packets")
          .put(Field.DESTINATION_BYTES, "netflow.responder_octets")
          .put(Field.DESTINATION_BYTES, "netflow.rev_flow_delta_bytes")
          .put(Field.DESTINATION_PACKETS, "netflow.responder_packets")
          // Filebeat.
          .put(Field.SOURCE, "netflow.source_ipv4_address", "netflow.source_ipv6_address")
          .put(Field.SOURCE, "source.ip", "flow.src_addr", "flow.client.ip.addr")
          .put(Field.DESTINATION, "netflow.destination_ipv4_address")
          .put(Field.DESTINATION, "netflow.destination_ipv6_address", "destination.ip")
          .put(Field.DESTINATION, "flow.dst_addr", "flow.server.ip.addr")
          .put(Field.SOURCE_PORT, "netflow.source_transport_port", "netflow.udp_source_port")
          .put(Field.SOURCE_PORT, "netflow.tcp_source_port", "source.port", "flow.src_port")
          .put(Field.DESTINATION_PORT, "netflow.destination_transport_port")
          .put(Field.DESTINATION_PORT, "netflow.udp_destination_port")
          .put(Field.DESTINATION_PORT, "netflow.tcp_destination_port", "destination.port")
          .put(Field.DESTINATION_PORT, "flow.dst_port")
          .put(Field.PROTOCOL, "netflow.protocol_identifier", "network.iana_number")
          .put(Field.PROTOCOL, "network.transport", "flow.ip_protocol", "flow.proto.name")
          .put(Field.FLAGS, "netflow.tcp_control_bits", "flow.tcp_flags")
          .put(Field.SOURCE_BYTES, "netflow.octet_delta_count", "source.bytes", "flow.bytes")
          .put(Field.SOURCE_PACKETS, "netflow.packet_delta_count", "source.packets")
          .put(Field.SOURCE_PACKETS, "flow.packets")
          .put(Field.START, "event.start", "netflow.flow_start_milliseconds")
          .put(Field.START, "netflow.flow_start_seconds", "flow.start.timestamp")
          .put(Field.START, "netflow.observation_time_milliseconds")
          .put(Field.END, "event.end", "netflow.flow_end_milliseconds")
          .put(Field.ICMP, "netflow.icmp_type_code_ipv4", "netflow.icmp_type_code_ipv6")
          .put(Field.ICMP_TYPE, "netflow.icmp_type_ipv4", "netflow.icmp_type_ipv6")
          .put(Field.ICMP_CODE, "netflow.icmp_code_ipv4", "netflow.icmp_code_ipv6")
          .put(Field.RESULT, "netflow.firewall_event", "netflow.fw_event")
          .put(Field.RESULT, "netflow.firewallEvent")
          .put(Field.SESSION, "netflow.flow_id", "netflow.conn_id")
          .put(Field.SENSOR, "netflow.exporter.address", "node.hostname", "host")
          // nfdump.
          .put(Field.SOURCE, "src4_addr", "src6_addr", "src_addr", "SrcAddr", "srcaddr")
          .put(Field.DESTINATION, "dst4_addr", "dst6_addr", "dst_addr", "DstAddr", "dstaddr")
          .put(Field.SOURCE_PORT, "src_port", "SrcPort", "srcport")
          .put(Field.DESTINATION_PORT, "dst_port", "DstPort", "dstport")
          .put(Field.PROTOCOL, "proto", "Proto", "protocol", "ip_proto")
          .put(Field.FLAGS, "tcp_flags", "TCPFlags", "tcpflags")
          .put(Field.SOURCE_BYTES, "in_bytes", "bytes", "Bytes")
          .put(Field.SOURCE_PACKETS, "in_packets", "packets", "Packets")
          .put(Field.DESTINATION_BYTES, "out_bytes")
          .put(Field.DESTINATION_PACKETS, "out_packets")
          .put(Field.START, "t_first", "first", "t_event")
          .put(Field.START, "time_flow_start_ns", "time_flow_start_ms")
          .put(Field.START, "time_flow_start", "TimeFlowStart", "timestamp_start")
          .put(Field.END, "t_last", "last", "time_flow_end", "TimeFlowEnd", "timestamp_end")
          .put(Field.ICMP_TYPE, "icmp_type", "IcmpType")
          .put(Field.ICMP_CODE, "icmp_code", "IcmpCode")
          .put(Field.RESULT, "event_id")
          .put(Field.SESSION, "connect_id")
          // pmacct and nProbe.
          .put(Field.SOURCE, "ip_src", "IPV4_SRC_ADDR", "IPV6_SRC_ADDR", "sourceIPv4Address")
          .put(Field.SOURCE, "sourceIPv6Address")
          .put(Field.DESTINATION, "ip_dst", "IPV4_DST_ADDR", "IPV6_DST_ADDR")
          .put(Field.DESTINATION, "destinationIPv4Address", "destinationIPv6Address")
          .put(Field.SOURCE_PORT, "port_src", "L4_SRC_PORT", "sourceTransportPort")
          .put(Field.DESTINATION_PORT, "port_dst", "L4_DST_PORT", "destinationTransportPort")
          .put(Field.PROTOCOL, "protocolIdentifier")
          .put(Field.FLAGS, "tcpControlBits")
          .put(Field.SOURCE_BYTES, "octetDeltaCount")
          .put(Field.SOURCE_PACKETS, "IN_PKTS", "packetDeltaCount")
          .put(Field.START, "FIRST_SWITCHED", "flowStartMilliseconds", "flowStartSeconds")
          .put(Field.TIME, "@timestamp", "Timestamp", "timestamp", "time_received", "TimeReceived")
          .put(Field.TIME, "time_received_ns", "stamp_inserted", "received")
          .build();

  private static final String[] MARKS = {
    "\"netflow\"",
    "\"ipv4_src_addr\"",
    "\"IPV4_SRC_ADDR\"",
    "\"src4_addr\"",
    "\"src6_addr\"",
    "\"sourceIPv4Address\"",
    "\"time_flow_start",
    "\"flow.src_addr\"",
    "\"flow.client.ip.addr\"",
    "\"netflow.",
    "\"TimeFlowStart\"",
    "\"ip_src\"",
    "\"sourceIPv6Address\"",
    "\"IPV6_SRC_ADDR\""
  };

  private final JsonMembers members = new JsonMembers(NAMES);
  private final Fields fields = new Fields();
  private final FlowDecoder decoder;
  private String problem = "";

  FlowJsonParser(FlowDecoder decoder) {
    this.decoder = decoder;
  }

  /** Whether bytes bear a mark of one of the forms, and none of Suricata's. */
  static boolean isNetFlow(byte[] bytes, int from, int to) {
    if (Text.find(bytes, from, to, "\"event_type\"") >= 0) {
      return false;
    }
    for (String mark : MARKS) {
      if (Text.find(bytes, from, to, mark) >= 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public JsonObjects.Found parse(byte[] bytes, int from, int to, EventSink sink) {
    problem = "";
    if (!members.read(bytes, from, to, fields)) {
      problem = members.problem();
      return members.isCut() ? JsonObjects.Found.CUT : JsonObjects.Found.BROKEN;
    }
    if (!fields.has(Field.SOURCE) || !fields.has(Field.DESTINATION)) {
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

package io.github.sweepwatch.parser.firewall;

import io.github.sweepwatch.parser.firewall.aws.AwsVpcParserProvider;
import io.github.sweepwatch.parser.firewall.azure.AzureFlowParserProvider;
import io.github.sweepwatch.parser.firewall.cef.CefParserProvider;
import io.github.sweepwatch.parser.firewall.cef.LeefParserProvider;
import io.github.sweepwatch.parser.firewall.checkpoint.CheckPointParserProvider;
import io.github.sweepwatch.parser.firewall.fortigate.FortiGateParserProvider;
import io.github.sweepwatch.parser.firewall.gcp.GcpFlowParserProvider;
import io.github.sweepwatch.parser.firewall.netflow.NetFlowParserProvider;
import io.github.sweepwatch.parser.firewall.paloalto.PaloAltoParserProvider;
import io.github.sweepwatch.spi.ParserProvider;
import java.util.List;

/** The parsers of formats whose records stand for themselves, and a record of each. */
final class RecordFormats {
  static final List<ParserProvider> ALL =
      List.of(
          new PaloAltoParserProvider(),
          new FortiGateParserProvider(),
          new CefParserProvider(),
          new LeefParserProvider(),
          new CheckPointParserProvider(),
          new AwsVpcParserProvider(),
          new AzureFlowParserProvider(),
          new GcpFlowParserProvider(),
          new NetFlowParserProvider());

  private RecordFormats() {}

  static ParserProvider named(String name) {
    return ALL.stream().filter(format -> format.name().equals(name)).findFirst().orElseThrow();
  }

  /** A record that gives one event, in the form that the format is known for. */
  static String record(ParserProvider format) {
    return switch (format.name()) {
      case "paloalto" ->
          "1,2026/11/24 02:05:10,001801000001,TRAFFIC,end,2049,2026/11/24"
              + " 02:05:09,10.1.1.7,203.0.113.9,,,\"a,"
              + " rule\",kim,,ssl,vsys1,t,u,e1,e2,siem,2026/11/24"
              + " 02:05:10,31,1,40001,443,0,0,0x19,tcp,allow,100,60,40,2,2026/11/24"
              + " 02:05:00,0,any,0,1,0x0,a,b,0,1,1,tcp-fin,0";
      case "fortigate" ->
          "date=2026-11-24 time=02:05:00 devname=\"fg-1\" logid=\"0000000013\" type=\"traffic\""
              + " subtype=\"forward\" srcip=10.1.1.7 srcport=40001 dstip=203.0.113.9 dstport=443"
              + " proto=6 action=\"close\" sentbyte=60 rcvdbyte=40";
      case "cef" ->
          "Nov 24 02:05:00 fw-1 CEF:0|Acme|Wall|1.0|100|connection permitted|3|rt=1795485900000"
              + " src=10.1.1.7 spt=40001 dst=203.0.113.9 dpt=443 proto=TCP act=permit";
      case "leef" ->
          "LEEF:2.0|Acme|Wall|1.0|flow|^|devTime=1795485900^src=10.1.1.7^srcPort=40001"
              + "^dst=203.0.113.9^dstPort=443^proto=6";
      case "checkpoint" ->
          "<134>1 2026-11-24T02:05:01Z gw-1 CheckPoint 1930 - [action:\"Accept\";"
              + " time:\"1795485900\"; dst:\"203.0.113.9\"; product:\"VPN-1 & FireWall-1\";"
              + " proto:\"6\"; s_port:\"40001\"; service:\"443\"; src:\"10.1.1.7\"]";
      case "aws-vpc" ->
          "2 123456789010 eni-1 10.1.1.7 203.0.113.9 40001 443 6 20 4249 1795485900 1795485960"
              + " ACCEPT OK";
      case "azure-flow" ->
          "{\"time\":\"2026-11-24T02:06:00Z\",\"category\":\"NetworkSecurityGroupFlowEvent\","
              + "\"properties\":{\"Version\":2,\"flows\":[{\"rule\":\"R\",\"flows\":[{\"mac\":\"M\","
              + "\"flowTuples\":[\"1795485900,10.1.1.7,203.0.113.9,40001,443,T,O,A,B,,,,\"]}]}]}}";
      case "gcp-flow" ->
          "{\"jsonPayload\":{\"connection\":{\"dest_ip\":\"203.0.113.9\",\"dest_port\":443,"
              + "\"protocol\":6,\"src_ip\":\"10.1.1.7\",\"src_port\":40001},\"reporter\":\"SRC\","
              + "\"start_time\":\"2026-11-24T02:05:00Z\"},\"timestamp\":\"2026-11-24T02:06:00Z\"}";
      case "netflow" ->
          "2026-11-24 02:05:00.000     0.004 TCP        10.1.1.7:40001 ->      203.0.113.9:443"
              + "          5      460     1";
      default -> throw new IllegalArgumentException(format.name());
    };
  }
}

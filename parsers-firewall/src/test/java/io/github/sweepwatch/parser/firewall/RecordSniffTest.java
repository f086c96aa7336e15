package io.github.sweepwatch.parser.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.parser.firewall.aws.AwsVpcParserProvider;
import io.github.sweepwatch.spi.ParserContext;
import io.github.sweepwatch.spi.ParserProvider;
import io.github.sweepwatch.spi.RecordSlice;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecordSniffTest {
  static Stream<ParserProvider> formats() {
    return RecordFormats.ALL.stream();
  }

  private static String recognised(String head) {
    byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
    return RecordFormats.ALL.stream()
        .filter(format -> format.sniff(bytes) > 0)
        .max(Comparator.comparing(format -> format.sniff(bytes)))
        .map(ParserProvider::name)
        .orElse("none");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void eachFormatIsKnown(ParserProvider format) {
    String record = RecordFormats.record(format);
    assertEquals(format.name(), recognised(record + "\n" + record + "\n"));
    assertEquals(format.name(), recognised("noise\n\n# a comment\n" + record + "\r\n"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void recordsAreClaimedByTheirOwnOnly(ParserProvider format) {
    byte[] bytes = RecordFormats.record(format).getBytes(StandardCharsets.UTF_8);
    for (ParserProvider other : RecordFormats.ALL) {
      assertEquals(
          other == format,
          other.claims(new RecordSlice().at(bytes, 0, bytes.length, 1)),
          other.name() + " and a record of " + format.name());
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aLineInAnObjectIsLeftToWhoTakesItOut(ParserProvider format, String line) {
    assertTrue(claims(format, line), line);
    assertFalse(claims(format, "{\"message\":\"" + line + "\"}"), line);
  }

  private static boolean claims(ParserProvider format, String record) {
    byte[] bytes = record.getBytes(StandardCharsets.UTF_8);
    return format.claims(new RecordSlice().at(bytes, 0, bytes.length, 1));
  }

  static Stream<Arguments> texts() {
    Map<String, String> lines =
        Map.of(
            "pf", "filterlog[1]: 5,,,1,em0,match,block,in,4,0x0,,64,1,0,DF,6,tcp,60,192.0.2.1,",
            "cisco", "%ASA-4-106023: Deny tcp src o:192.0.2.1/1 dst i:192.0.2.2/22",
            "fortigate", "logid=0000000013 type=traffic subtype=forward srcip=192.0.2.1",
            "cef", "CEF:0|V|P|1|1|traffic|3|src=192.0.2.1 dst=192.0.2.2",
            "leef", "LEEF:1.0|V|P|1|1|src=192.0.2.1",
            "mikrotik", "firewall,info in: in:e1 out:e2, proto UDP, 192.0.2.1:1->192.0.2.2:2");
    return ServiceLoader.load(ParserProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(format -> lines.containsKey(format.name()))
        .map(format -> Arguments.of(format, lines.get(format.name())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "aws-vpc ! version srcaddr dstaddr srcport dstport protocol start",
        "aws-vpc ! {'srcaddr':'10.0.0.1','dstaddr':'10.0.0.2'}",
        "aws-vpc ! 3 vpc-1 i-1 10.0.0.1 10.0.0.2 1 2 6 5 60 1795485900 1795485960 ACCEPT OK",
        "checkpoint ! num;date;time;orig;type;action;proto;src;dst;service;s_port",
        "checkpoint ! '1' '24Nov2026' '2:05:01' 'eth0' 'gw' 'Log' 'Drop' '80' '5' '10.0.0.1'"
            + " '10.0.0.2'",
        "netflow ! ts,te,td,sa,da,sp,dp,pr,flg",
        "netflow ! firstSeen,duration,proto,srcAddr,srcPort,dstAddr,dstPort,packets,bytes",
        "netflow ! sIP|dIP|sPort|dPort|pro|sTime|",
        "netflow ! {'netflow':{'version':5}}",
        "paloalto ! {'LogType':'TRAFFIC','SourceAddress':'10.0.0.1'}",
        "paloalto ! Domain,Receive Time,Serial #,Type,Source address,Destination address",
        "paloalto ! 1,2026/11/24 02:05:10,0018,SYSTEM,general,0,2026/11/24 02:05:09",
        "fortigate ! {'logid':'0000000013','subtype':'forward'}",
        "fortigate ! logid=0100032001 type=event subtype=system action=login",
        "gcp-flow ! {'jsonPayload':{ !",
        "none ! src=10.0.0.1 dst=10.0.0.2",
        "none ! {'event_type':'flow','netflow':{}}",
        "none ! date=2026-11-24 log_id=01 log_component=Firewall log_type=Firewall log_subtype=x"
            + " device_name=SF",
        "none ! [1,2]",
        "none ! CEF:0"
      })
  void headsAreKnown(String name, String head) {
    String text = head.replace('\'', '"');
    if (text.contains("jsonPayload")) {
      text += "\n\"connection\": {";
    }
    assertEquals(name, recognised(text + "\n"));
  }

  @Test
  void providersAreServices() {
    List<String> names =
        ServiceLoader.load(ParserProvider.class).stream()
            .map(provider -> provider.get().name())
            .toList();
    for (ParserProvider format : RecordFormats.ALL) {
      assertTrue(names.contains(format.name()), format.name());
      assertFalse(format.formats().isEmpty());
    }
  }

  @Test
  void formatOfAwsMayBeGiven() {
    String row = "10.0.0.2 10.0.0.1 22 40001 17 1795485900 REJECT";
    byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
    RecordCasesTest.Described sink = new RecordCasesTest.Described();
    new AwsVpcParserProvider(
            "${dstaddr} ${srcaddr} ${dstport} ${srcport} ${protocol} ${start} ${action}")
        .open(ParserContext.of("test", LocalDate.EPOCH))
        .parse(new RecordSlice().at(bytes, 0, bytes.length, 1), sink);
    assertEquals(
        List.of("2026-11-24T02:05:00Z udp 10.0.0.1 40001 > 10.0.0.2 22 blocked"), sink.lines);
  }
}

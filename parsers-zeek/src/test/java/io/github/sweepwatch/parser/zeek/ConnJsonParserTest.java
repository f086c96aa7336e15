package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnJsonParserTest {
  private static final String ENDPOINTS =
      "'id.orig_h':'10.0.0.1','id.orig_p':4321,'id.resp_h':'10.0.0.2','id.resp_p':22";
  private static final String REST = ",'proto':'tcp','conn_state':'S0','history':'S'";

  private static Parsed json(String... records) {
    return Parsed.of(List.of(records).stream().map(text -> text.replace('\'', '"')).toList());
  }

  /** A record with further members. */
  private static Parsed with(String members) {
    return json("{'ts':1," + ENDPOINTS + REST + "," + members + "}");
  }

  private static Parsed at(String time) {
    return json("{'ts':" + time + "," + ENDPOINTS + REST + "}");
  }

  @Test
  void everyFieldIsRead() {
    ConnectionEvent event =
        json("{'_path':'conn','ts':1700000000.123456,'uid':'C',"
                + ENDPOINTS
                + ",'proto':'tcp','service':'ssh','duration':1.5,'orig_bytes':100,'resp_bytes':200,"
                + "'conn_state':'S1','local_orig':true,'local_resp':false,'history':'Sh',"
                + "'orig_pkts':6,'resp_pkts':5,'tunnel_parents':['a',{'ts':3}],'peer':'west'}")
            .event();
    assertEquals(1_700_000_000_123_456L, event.timeMicros());
    assertEquals("10.0.0.1", event.source().toString());
    assertEquals(4321, event.sourcePort());
    assertEquals("10.0.0.2", event.destination().toString());
    assertEquals(22, event.destinationPort());
    assertEquals(Protocol.TCP, event.protocol());
    assertEquals(1_500_000, event.durationMicros());
    assertEquals(100, event.sourceBytes());
    assertEquals(200, event.destinationBytes());
    assertEquals(6, event.sourcePackets());
    assertEquals(5, event.destinationPackets());
    assertEquals(Locality.LOCAL, event.sourceLocality());
    assertEquals(Locality.REMOTE, event.destinationLocality());
    assertEquals(Outcome.ESTABLISHED, event.outcome());
    assertEquals(Probe.SYN, event.probe());
    assertTrue(event.initiatorCertain());
    assertEquals("west", event.sensor());
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000, 1700000000000000",
    "1700000000.5, 1700000000500000",
    "1.7e9, 1700000000000000",
    "1.0e-3, 1000",
    "2e1, 20000000",
    "1700000000123, 1700000000123000",
    "1700000000123.25, 1700000000123250",
    "\"1700000000\", 1700000000000000",
    "\"2023-11-14T22:13:20.5Z\", 1700000000500000",
    "\"2023-11-14T23:13:20+01:00\", 1700000000000000",
    "\"2023-11-14T22:13:20\", 1700000000000000"
  })
  void timesHaveSeveralForms(String time, long micros) {
    assertEquals(micros, at(time).event().timeMicros());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "253402300799",
        "253402300799000",
        "1e300",
        "true",
        "\"nan\"",
        "\"2023-11-14\"",
        "\"9999-12-31T23:59:59Z\"",
        "\"\""
      })
  void otherTimesAreRejected(String time) {
    assertEquals(
        "ts is no time from 1970 to 2199: '" + time.replace("\"", "") + "'", at(time).rejection());
  }

  @Test
  void timeIsNeeded() {
    assertEquals("ts is not set", at("null").rejection());
    assertEquals("neither text nor number at key 'ts'", at("[1]").rejection());
    assertEquals("neither text nor number at key 'ts'", at("{'x':1}").rejection());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'id_orig_h':'10.0.0.1','id_orig_p':4321,'id_resp_h':'10.0.0.2','id_resp_p':22",
        "'id':{'orig_h':'10.0.0.1','orig_p':4321,'resp_h':'10.0.0.2','resp_p':22}",
        "'id':{'x':{},'orig_h':'10.0.0.1','orig_p':4321,'resp_h':'10.0.0.2','resp_p':22,'ts':9}",
        "'src_ip':'10.0.0.1','src_port':4321,'dst_ip':'10.0.0.2','dst_port':22",
        "'src':'10.0.0.1','src_port':'4321','dst':'10.0.0.2','dst_port':'22'",
        "'id':{'orig_h':'9.9.9.9','resp_p':9}," + ENDPOINTS,
        ENDPOINTS + ",'id':{'orig_h':'9.9.9.9','resp_p':9}",
        "'src':'9.9.9.9'," + ENDPOINTS + ",'dst':'9.9.9.9'",
        "'id':3," + ENDPOINTS,
        "'i\\u0064.orig_h':'10.0.0.1','id.orig_p':4321,'id.resp_h':'10.0.\\u0030.2','id.resp_p':22"
      })
  void endpointsHaveSeveralNames(String endpoints) {
    ConnectionEvent event = json("{'ts':1," + endpoints + REST + "}").event();
    assertEquals("10.0.0.1:4321", event.source() + ":" + event.sourcePort());
    assertEquals("10.0.0.2:22", event.destination() + ":" + event.destinationPort());
    assertEquals(1_000_000, event.timeMicros());
  }

  @Test
  void nestedNamesDoNotCountOutside() {
    assertEquals(
        "id.orig_h is not set",
        json("{'ts':1,'orig_h':'10.0.0.1','orig_p':1,'id.resp_h':'10.0.0.2','id.resp_p':2"
                + REST
                + "}")
            .rejection());
  }

  @Test
  void duplicateKeysAreRejected() {
    assertEquals("duplicate key 'ts'", with("'ts':2").rejection());
    assertEquals("duplicate key 'ts'", with("'t\\u0073':null").rejection());
    assertEquals(
        "duplicate key 'resp_h'",
        json("{'ts':1,'id':{'resp_h':'10.0.0.1','resp_h':'10.0.0.2'}" + REST + "}").rejection());
    assertEquals("duplicate key 'ts'", with("'ts':2,'proto':[]").rejection());
    assertEquals(1, with("'note':1,'note':2").events.size());
  }

  @Test
  void nullIsUnset() {
    ConnectionEvent event = with("'orig_bytes':null,'local_orig':null,'peer':null").event();
    assertEquals(ConnectionEvent.NOT_GIVEN, event.sourceBytes());
    assertEquals(Locality.UNSPECIFIED, event.sourceLocality());
    assertNull(event.sensor());
  }

  @Test
  void sensorsHaveNames() {
    assertEquals("north", with("'_system_name':'north','peer':'x'").event().sensor());
    assertEquals("north", with("'peer':'x','_node_name':'north'").event().sensor());
    assertEquals("a\"\u00e9\u20ac\t", with("'peer':'a\\\"\\u00e9\u20ac\\t'").event().sensor());
    assertEquals(
        List.of("one", "two"),
        json(
                "{'ts':1," + ENDPOINTS + REST + ",'peer':'o\\u006ee'}",
                "{'ts':1," + ENDPOINTS + REST + ",'peer':'two'}")
            .events
            .stream()
            .map(ConnectionEvent::sensor)
            .toList());
  }

  @Test
  void brokenJsonIsRejected() {
    String whole = "{'ts':1," + ENDPOINTS + REST + "}";
    for (int length = 1; length < whole.length(); length++) {
      String reason = json(whole.substring(0, length)).rejection();
      assertTrue(reason.startsWith("no valid JSON at byte "), reason);
    }
    String start = "no valid JSON at byte " + (whole.length() + 1);
    assertEquals(
        start + ": something after the end of the JSON text", json(whole + "x").rejection());
    assertEquals(1, json(" \t" + whole + " \t").events.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void deepNestingIsRejected(String opening) {
    String reason = json("{'deep':" + opening.repeat(10_000)).rejection();
    assertTrue(reason.endsWith("nested deeper than 64"), reason);
  }

  @Test
  void recordsAfterABadOneAreRead() {
    Parsed parsed = json("{'ts'", "{'ts':1," + ENDPOINTS + REST + "}", "{]");
    assertEquals(1, parsed.events.size());
    assertEquals(2, parsed.rejections.size());
  }

  @Test
  void otherLogsArePassedOver() {
    with("'_path':'dns'").assertPassedOver();
    json("{'_path':'conn-summary','ts':1," + ENDPOINTS + ",'proto':'tcp'}").assertPassedOver();
    json("{'_path':'conn-summary','ts':'x'," + ENDPOINTS + "}").assertPassedOver();
    json("{'ts':1," + ENDPOINTS + ",'proto':'udp','query':'x'}").assertPassedOver();
    json("{'ts':1,'uid':'C','host':'x'}", "{}", "{'id':{}}").assertPassedOver();
  }

  @Test
  void connectionsAreKnownByPathOrMembers() {
    assertEquals("10.0.0.1", with("'_path':'conn'").event().source().toString());
    // What a shipper adds to a connection does not make it a logon, nor is it a fault.
    assertEquals(
        "10.0.0.1",
        with("'user':{'name':'x'},'client':[1],'command':'c','reply_code':230,'user':'y'")
            .event()
            .source()
            .toString());
    assertEquals("10.0.0.1", with("'_path':'conn_local'").event().source().toString());
    assertEquals("10.0.0.1", with("'_path':null,'query':'x'").event().source().toString());
    assertEquals(
        "10.0.0.1", json("{'ts':1," + ENDPOINTS + ",'proto':'udp'}").event().source().toString());
    assertEquals("ts is not set", json("{'_path':'conn'}").rejection());
    assertEquals("ts is not set", json("{'conn_state':'S0','x':1}").rejection());
    assertEquals("ts is not set", json("{'id.resp_h':'10.0.0.2'}").rejection());
  }

  @ParameterizedTest
  @CsvSource({
    "orig_bytes, -1, orig_bytes is no number",
    "orig_pkts, 1.5, orig_pkts is no number",
    "resp_pkts, true, resp_pkts is no number",
    "duration, -0.1, duration is no number of seconds",
    "local_orig, 1, local_orig is no truth value"
  })
  void badFieldIsTheReason(String key, String value, String reason) {
    assertEquals(reason + ": '" + value + "'", with("'" + key + "':" + value).rejection());
  }

  @Test
  void portsAreBelow65536() {
    assertEquals(
        "id.resp_p is no port: '65536'",
        json("{'ts':1,"
                + "'id':{'orig_h':'10.0.0.1','orig_p':1,'resp_h':'10.0.0.2','resp_p':65536}"
                + REST
                + "}")
            .rejection());
  }

  @Test
  void icmpHasTypeAndCode() {
    ConnectionEvent event =
        json("{'ts':1,'id.orig_h':'fe80::1','id.orig_p':128,'id.resp_h':'fe80::2','id.resp_p':0,"
                + "'proto':'icmp','orig_pkts':1,'resp_pkts':1}")
            .event();
    assertEquals(Protocol.ICMPV6, event.protocol());
    assertEquals(128, event.icmpType());
    assertEquals(0, event.icmpCode());
    assertEquals(Outcome.ESTABLISHED, event.outcome());
  }

  @Test
  void protocolNumberTellsUnknownTransports() {
    String record = "{'ts':1," + ENDPOINTS + ",'proto':'unknown_transport','conn_state':'OTH'";
    assertEquals(89, json(record + ",'ip_proto':89}").event().protocol());
    assertEquals(Protocol.UNKNOWN, json(record + "}").event().protocol());
  }

  @Test
  void unsetHistoryIsAnEmptyOne() {
    ConnectionEvent event =
        json("{'ts':1,"
                + ENDPOINTS
                + ",'proto':'tcp','conn_state':'OTH','orig_pkts':1,'resp_pkts':0}")
            .event();
    assertEquals(Probe.NULL, event.probe());
    assertEquals(Outcome.NO_REPLY, event.outcome());
  }

  @Test
  void formsMayMix() {
    Parsed parsed =
        json(
            "#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto",
            "{'ts':1," + ENDPOINTS + REST + "}",
            "2\t10.0.0.3\t1\t10.0.0.4\t2\tudp");
    assertEquals(List.of(), parsed.rejections);
    assertEquals(
        List.of("10.0.0.1", "10.0.0.3"),
        parsed.events.stream().map(event -> event.source().toString()).toList());
  }
}

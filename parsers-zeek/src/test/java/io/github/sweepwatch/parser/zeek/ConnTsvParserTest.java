package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.Locality;
import io.github.sweepwatch.event.Outcome;
import io.github.sweepwatch.event.Probe;
import io.github.sweepwatch.event.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnTsvParserTest {
  private static final String COLUMNS =
      "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes"
          + " resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts"
          + " resp_pkts ip_proto";
  private static final String ROW =
      "1700000000.123456 Cab 10.0.0.1 4321 192.0.2.7 22 tcp ssh 1.5 100 200 SF T F 0 ShADadFf 6 5"
          + " 6";
  private static final String SHORT =
      "ts id.orig_h id.orig_p id.resp_h id.resp_p proto conn_state _system_name";

  private static String tabs(String words) {
    return words.replace(' ', '\t');
  }

  private static String fields(String columns) {
    return "#fields\t" + tabs(columns);
  }

  /** The full log's row with one column changed. */
  private static Parsed with(String column, String value) {
    return with(column, value, column, value);
  }

  private static Parsed with(String column, String value, String other, String otherValue) {
    List<String> columns = List.of(COLUMNS.split(" ", -1));
    List<String> row = new ArrayList<>(List.of(ROW.split(" ", -1)));
    row.set(columns.indexOf(column), value);
    row.set(columns.indexOf(other), otherValue);
    return Parsed.of(fields(COLUMNS), String.join("\t", row));
  }

  private static String shortRow(String source) {
    return tabs("1 " + source + " 1 10.0.0.2 2 udp S0 -");
  }

  @Test
  void everyFieldIsRead() {
    ConnectionEvent event =
        Parsed.of(
                "#separator \\x09",
                "#set_separator\t,",
                "#empty_field\t(empty)",
                "#unset_field\t-",
                "#path\tconn",
                "#open\t2023-11-14-22-13-20",
                fields(COLUMNS),
                "#types\ttime\tstring",
                tabs(ROW),
                "#close\t2023-11-14-23-00-00",
                "")
            .event();
    assertEquals(1_700_000_000_123_456L, event.timeMicros());
    assertEquals(IpAddress.parse("10.0.0.1"), event.source());
    assertEquals(4321, event.sourcePort());
    assertEquals(IpAddress.parse("192.0.2.7"), event.destination());
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
    assertEquals(Probe.NONE, event.probe());
    assertTrue(event.initiatorCertain());
    assertEquals(ConnectionEvent.NOT_GIVEN, event.icmpType());
    assertNull(event.sensor());
  }

  @Test
  void unsetValuesAreNotGiven() {
    ConnectionEvent event =
        Parsed.of(fields(COLUMNS), tabs("1 - 10.0.0.1 1 10.0.0.2 2 udp - - - - - - - - - - - -"))
            .event();
    assertEquals(ConnectionEvent.NOT_GIVEN, event.durationMicros());
    assertEquals(ConnectionEvent.NOT_GIVEN, event.sourceBytes());
    assertEquals(ConnectionEvent.NOT_GIVEN, event.destinationPackets());
    assertEquals(Locality.UNSPECIFIED, event.sourceLocality());
    assertEquals(Outcome.UNKNOWN, event.outcome());
  }

  @Test
  void markersAreTheHeaders() {
    List<ConnectionEvent> events =
        Parsed.of(
                "#separator \\x09",
                "#empty_field\tNOTHING",
                "#unset_field\t\\x3f",
                fields(SHORT),
                tabs("1 10.0.0.1 1 10.0.0.2 2 udp ? -"),
                tabs("1 10.0.0.1 1 10.0.0.2 2 udp S0 NOTHING"),
                "#separator \\x09",
                fields(SHORT),
                tabs("1 10.0.0.1 1 10.0.0.2 2 udp S0 -"),
                tabs("1 10.0.0.1 1 10.0.0.2 2 udp S0 (empty)"),
                tabs("1 10.0.0.1 1 10.0.0.2 2 udp S0 ?"))
            .events;
    assertEquals(5, events.size());
    assertEquals("-", events.get(0).sensor());
    assertEquals(Outcome.UNKNOWN, events.get(0).outcome());
    assertNull(events.get(1).sensor());
    assertNull(events.get(2).sensor());
    assertNull(events.get(3).sensor());
    assertEquals("?", events.get(4).sensor());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ts src src_port dst dst_port proto conn_state _system_name",
        "ts src_ip src_port dst_ip dst_port proto conn_state _node_name",
        "ts id_orig_h id_orig_p id_resp_h id_resp_p proto conn_state peer",
        "ts id->orig_h id->orig_p id->resp_h id->resp_p proto conn_state peer"
      })
  void renamedColumnsAreRead(String columns) {
    ConnectionEvent event =
        Parsed.of(fields(columns), tabs("1 10.0.0.1 1 10.0.0.2 2 udp S0 west")).event();
    assertEquals("10.0.0.1:1", event.source() + ":" + event.sourcePort());
    assertEquals("10.0.0.2:2", event.destination() + ":" + event.destinationPort());
    assertEquals("west", event.sensor());
  }

  @Test
  void preferredNameWins() {
    ConnectionEvent event =
        Parsed.of(
                fields("ts src id.orig_h id.orig_p dst id.resp_h id.resp_p proto conn_state"),
                tabs("1 10.9.9.9 10.0.0.1 1 10.8.8.8 10.0.0.2 2 udp S0"))
            .event();
    assertEquals("10.0.0.1", event.source().toString());
    assertEquals("10.0.0.2", event.destination().toString());
  }

  @Test
  void scopeOfOtherTypesNamesNoEndpoint() {
    assertEquals(
        "unusable header: no column id.orig_h",
        Parsed.of(fields("ts id->orig_x id.orig_p id.resp_h id.resp_p proto conn_state"))
            .rejection());
  }

  @Test
  void columnsMayStandBefore() {
    assertEquals(
        "10.0.0.1",
        Parsed.of(fields("_path _write_ts " + SHORT), "conn\t9\t" + shortRow("10.0.0.1"))
            .event()
            .source()
            .toString());
  }

  @Test
  void separatorMayHaveSeveralBytes() {
    ConnectionEvent event =
        Parsed.of(
                "#separator \\x7c\\x7c",
                "#set_separator||,",
                "#unset_field||-",
                "#path||conn",
                "#fields||" + SHORT.replace(" ", "||"),
                "#types||time",
                "1||10.0.0.1||1||10.0.0.2||2||udp||S0||a|b")
            .event();
    assertEquals("10.0.0.2", event.destination().toString());
    assertEquals("a|b", event.sensor());
  }

  @Test
  void emptySeparatorIsTheTab() {
    assertEquals(
        "10.0.0.1",
        Parsed.of("#separator ", fields(SHORT), shortRow("10.0.0.1")).event().source().toString());
  }

  @Test
  void separatorIsSeenWhereItsLineIsLost() {
    assertEquals(
        "10.0.0.1",
        Parsed.of("#fields|" + SHORT.replace(' ', '|'), "1|10.0.0.1|1|10.0.0.2|2|udp|S0|-")
            .event()
            .source()
            .toString());
  }

  @Test
  void headerMayBeIndentedOrMarked() {
    assertEquals(
        2,
        Parsed.of(
                "\t#separator \\x09",
                "\t" + fields(SHORT),
                "  #types\ttime",
                shortRow("10.0.0.1"),
                "\ufeff#separator \\x09",
                fields(SHORT),
                shortRow("10.0.0.2"),
                " #close\tnow")
            .events
            .size());
  }

  @Test
  void prefixIsTheHeaders() {
    List<ConnectionEvent> events =
        Parsed.of(
                "%%separator \\x09",
                "%%path\tconn", "%%fields\t" + tabs(SHORT), shortRow("10.0.0.1"), "%%close\tnow")
            .events;
    assertEquals(1, events.size());
  }

  @Test
  void commentsArePassedOver() {
    assertEquals(
        "10.0.0.1",
        Parsed.of(
                "### BTest baseline data generated by btest-diff.",
                "#separator \\x09",
                fields(SHORT),
                "### another",
                "   ",
                shortRow("10.0.0.1"))
            .event()
            .source()
            .toString());
  }

  @Test
  void headersMayRepeatWithOtherColumns() {
    Parsed parsed =
        Parsed.of(
            fields(SHORT),
            shortRow("10.0.0.1"),
            "#separator \\x2c",
            "#fields,proto,id.resp_h,id.resp_p,id.orig_h,id.orig_p,ts,orig_pkts",
            "tcp,10.0.0.9,80,10.0.0.3,7,5,1");
    assertEquals(List.of(), parsed.rejections);
    assertEquals(2, parsed.events.size());
    ConnectionEvent second = parsed.events.get(1);
    assertEquals("10.0.0.3", second.source().toString());
    assertEquals(80, second.destinationPort());
    assertEquals(5_000_000, second.timeMicros());
  }

  @Test
  void bareHeaderIsRead() {
    Parsed parsed =
        Parsed.of(
            tabs(SHORT),
            shortRow("10.0.0.1"),
            tabs("ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto conn_state"),
            tabs("1 C 10.0.0.2 1 10.0.0.3 2 tcp S0"));
    assertEquals(List.of(), parsed.rejections);
    assertEquals(2, parsed.events.size());
    assertEquals("10.0.0.2", parsed.events.get(1).source().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ts", "ts\t", "a b c", "ts\t9x\tproto", "\tts", "8\tts"})
  void whatIsNoBareHeaderIsRejected(String line) {
    assertEquals("no #fields header seen yet", Parsed.of(line).rejection());
  }

  @Test
  void otherLogsArePassedOver() {
    Parsed.of("#path\tdns", fields(SHORT), tabs("1 2 3"), tabs("4 5")).assertPassedOver();
    Parsed.of(
            "#path\tconn-summary", fields("ts id.orig_h id.orig_p id.resp_h id.resp_p proto"), "x")
        .assertPassedOver();
    Parsed.of(fields("ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto query"), "1\tC")
        .assertPassedOver();
    Parsed.of(fields("ts uid host"), "1\tC\tx").assertPassedOver();
  }

  @ParameterizedTest
  @ValueSource(strings = {"conn", "conn-local", "conn_external"})
  void connectionsHaveSeveralPaths(String path) {
    assertEquals(1, Parsed.of("#path\t" + path, fields(SHORT), shortRow("10.0.0.1")).events.size());
  }

  @Test
  void markedColumnsAreNotNeeded() {
    assertEquals(
        Outcome.UNKNOWN,
        Parsed.of(
                fields("ts id.orig_h id.orig_p id.resp_h id.resp_p proto"),
                tabs("1 10.0.0.1 1 10.0.0.2 2 udp"))
            .event()
            .outcome());
  }

  @Test
  void missingColumnsMakeAHeaderUnusable() {
    Parsed parsed =
        Parsed.of("#path\tconn", fields("ts id.orig_h id.resp_h proto conn_state"), "1\t2", "3\t4");
    assertEquals(
        List.of(
            "unusable header: no column id.orig_p, id.resp_p",
            "the header on line 2 is unusable",
            "the header on line 2 is unusable"),
        parsed.rejections);
  }

  @Test
  void duplicateColumnsMakeAHeaderUnusable() {
    assertEquals(
        "unusable header: duplicate column 'proto'",
        Parsed.of(fields(SHORT + " proto")).rejection());
  }

  @Test
  void headersHaveAMostOfColumns() {
    String fill = String.join("", Collections.nCopies(993, " x"));
    StringBuilder columns = new StringBuilder(SHORT);
    for (int i = 0; i < 992; i++) {
      columns.append(" x").append(i);
    }
    assertEquals(
        1,
        Parsed.of(fields(columns.toString()), shortRow("10.0.0.1") + "\t-".repeat(992))
            .events
            .size());
    assertEquals(
        "unusable header: more than 1000 columns", Parsed.of(fields(SHORT + fill)).rejection());
  }

  @Test
  void rowsBeforeAHeaderAreRejected() {
    Parsed parsed = Parsed.of(shortRow("10.0.0.1"), fields(SHORT), shortRow("10.0.0.2"));
    assertEquals(List.of("no #fields header seen yet"), parsed.rejections);
    assertEquals(1, parsed.events.size());
  }

  @Test
  void columnsAreCounted() {
    String tooFew = "1\t10.0.0.1";
    Parsed parsed =
        Parsed.of(fields(SHORT), tooFew, shortRow("10.0.0.1") + "\tx\ty", shortRow("10.0.0.2"));
    assertEquals(
        List.of("2 columns where the header has 8", "10 columns where the header has 8"),
        parsed.rejections);
    assertEquals(1, parsed.events.size());
  }

  @Test
  void escapesAreResolved() {
    Parsed parsed =
        Parsed.of(
            fields(SHORT),
            tabs("1 10.0.0.1 1 10.0.0.2 2 udp S0 a\\x20b\\\\c\\xzz\\x4"),
            tabs("1 10.0.\\x30.1 1 10.0.0.2 \\x32 udp S0 -"),
            tabs("1 10.0.\\x71.1 1 10.0.0.2 2 udp S0 -"),
            tabs("1 10.0.0 1 10.0.0.2 2 udp S0 a\\x20b"));
    assertEquals("a b\\c\\xzz\\x4", parsed.events.get(0).sensor());
    assertEquals("10.0.0.1", parsed.events.get(1).source().toString());
    assertEquals(2, parsed.events.get(1).destinationPort());
    assertEquals(
        List.of("id.orig_h is no IP address: '10.0.q.1'", "id.orig_h is no IP address: '10.0.0'"),
        parsed.rejections);
  }

  @Test
  void sensorsKeepTheirNames() {
    List<String> lines = new ArrayList<>(List.of(fields(SHORT)));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      names.add("sensor-" + i % 150);
    }
    names.add("x".repeat(300));
    names.add("x".repeat(300));
    for (String name : names) {
      lines.add(tabs("1 10.0.0.1 1 10.0.0.2 2 udp S0 ") + name);
    }
    assertEquals(names, Parsed.of(lines).events.stream().map(ConnectionEvent::sensor).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "ts, -1, 'ts is no time from 1970 to 2199: ''-1'''",
    "ts, nan, 'ts is no time from 1970 to 2199: ''nan'''",
    "ts, 253402300799, 'ts is no time from 1970 to 2199: ''253402300799'''",
    "ts, 1700000000000, 'ts is no time from 1970 to 2199: ''1700000000000'''",
    "ts, -, ts is not set",
    "id.orig_h, host, 'id.orig_h is no IP address: ''host'''",
    "id.resp_h, 1.2.3.256, 'id.resp_h is no IP address: ''1.2.3.256'''",
    "id.resp_h, -, id.resp_h is not set",
    "id.orig_p, 65536, 'id.orig_p is no port: ''65536'''",
    "id.resp_p, -5, 'id.resp_p is no port: ''-5'''",
    "id.resp_p, -, id.resp_p is not set",
    "proto, -, proto is not set",
    "proto, tpc, 'proto is no protocol: ''tpc'''",
    "duration, -1.5, 'duration is no number of seconds: ''-1.5'''",
    "duration, long, 'duration is no number of seconds: ''long'''",
    "orig_bytes, ten, 'orig_bytes is no number: ''ten'''",
    "resp_bytes, 1.5, 'resp_bytes is no number: ''1.5'''",
    "orig_pkts, -3, 'orig_pkts is no number: ''-3'''",
    "resp_pkts, 99999999999999999999, 'resp_pkts is no number: ''99999999999999999999'''",
    "local_orig, yes, 'local_orig is no truth value: ''yes'''",
    "local_resp, t, 'local_resp is no truth value: ''t'''"
  })
  void badFieldIsTheReason(String column, String value, String reason) {
    assertEquals(reason, with(column, value).rejection());
  }

  @Test
  void firstBadFieldIsTheReason() {
    assertEquals(
        "id.orig_h is no IP address: 'x'", with("resp_pkts", "y", "id.orig_h", "x").rejection());
  }

  @Test
  void highestPortIsAPort() {
    assertEquals(65535, with("id.resp_p", "65535").event().destinationPort());
  }

  @Test
  void portsOfIcmpAreTypeAndCode() {
    ConnectionEvent event =
        Parsed.of(fields(SHORT), tabs("1 10.0.0.1 3 10.0.0.2 13 icmp OTH -")).event();
    assertEquals(Protocol.ICMP, event.protocol());
    assertEquals(3, event.icmpType());
    assertEquals(13, event.icmpCode());
    assertEquals(ConnectionEvent.NOT_GIVEN, event.sourcePort());
    assertEquals(ConnectionEvent.NOT_GIVEN, event.destinationPort());
    assertEquals(
        "id.orig_p is no number from 0 to 255: '256'",
        Parsed.of(fields(SHORT), tabs("1 10.0.0.1 256 10.0.0.2 0 icmp OTH -")).rejection());
  }

  @Test
  void icmpHasAVersion() {
    assertEquals(
        Protocol.ICMPV6,
        Parsed.of(fields(SHORT), tabs("1 2001:db8::1 128 2001:db8::2 0 icmp OTH -"))
            .event()
            .protocol());
    assertEquals(
        Protocol.ICMP,
        Parsed.of(fields(SHORT), tabs("1 2001:db8::1 8 10.0.0.1 0 icmp OTH -")).event().protocol());
    assertEquals(
        Protocol.ICMPV6,
        Parsed.of(fields(SHORT + " ip_proto"), tabs("1 10.0.0.1 128 10.0.0.2 0 icmp OTH - 58"))
            .event()
            .protocol());
  }

  @Test
  void protocolNumberTellsUnknownTransports() {
    assertEquals(47, with("proto", "unknown_transport", "ip_proto", "47").event().protocol());
    assertEquals(
        Protocol.UNKNOWN, with("proto", "unknown_transport", "ip_proto", "-").event().protocol());
    assertEquals(
        "ip_proto is no number from 0 to 255: '256'",
        with("proto", "unknown_transport", "ip_proto", "256").rejection());
    assertEquals(Protocol.SCTP, with("proto", "sctp").event().protocol());
  }

  @Test
  void nulBytesAfterANameAreNoPartOfIt() {
    assertEquals("proto is no protocol: 'tcp\\x{0}'", with("proto", "tcp\0").rejection());
    Outcome withoutState = with("conn_state", "-").event().outcome();
    assertEquals(withoutState, with("conn_state", "REJ\0").event().outcome());
  }
}

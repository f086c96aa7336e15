package io.github.sweepwatch.parser.zeek;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.sweepwatch.event.ConnectionEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** One record, however it is written, is one event. */
class ConnTwinProperties {
  private static final String UNSET = "-";
  private static final Set<String> TEXTS =
      Set.of("id.orig_h", "id.resp_h", "proto", "conn_state", "history", "peer");

  @Property
  void everyFormGivesTheSameEvent(
      @ForAll("rows") Map<String, String> row,
      @ForAll("orders") List<String> order,
      @ForAll("separators") String separator) {
    ConnectionEvent event = Parsed.of(tsv(row, order, separator)).event();
    assertHolds(row, event);
    List<Object> values = Parsed.values(event);
    List<String> natural = List.copyOf(columns().keySet());
    assertEquals(values, Parsed.values(Parsed.of(tsv(row, natural, "\t")).event()));
    assertEquals(values, Parsed.values(Parsed.of(flatJson(row, order, ".")).event()));
    assertEquals(values, Parsed.values(Parsed.of(flatJson(row, order, "_")).event()));
    assertEquals(values, Parsed.values(Parsed.of(nestedJson(row, order)).event()));
  }

  private static void assertHolds(Map<String, String> row, ConnectionEvent event) {
    assertEquals(
        new BigDecimal(value(row, "ts")).movePointRight(6).longValueExact(), event.timeMicros());
    assertEquals(value(row, "id.orig_h"), event.source().toString());
    assertEquals(value(row, "id.resp_h"), event.destination().toString());
    boolean icmp = value(row, "proto").equals("icmp");
    assertEquals(value(row, "id.orig_p"), "" + (icmp ? event.icmpType() : event.sourcePort()));
    assertEquals(value(row, "id.resp_p"), "" + (icmp ? event.icmpCode() : event.destinationPort()));
    assertEquals(number(row, "orig_bytes"), event.sourceBytes());
    assertEquals(number(row, "resp_bytes"), event.destinationBytes());
    assertEquals(number(row, "orig_pkts"), event.sourcePackets());
    assertEquals(number(row, "resp_pkts"), event.destinationPackets());
    String sensor = event.sensor();
    assertEquals(value(row, "peer"), sensor == null ? UNSET : sensor);
  }

  private static long number(Map<String, String> row, String column) {
    String value = value(row, column);
    return value.equals(UNSET) ? ConnectionEvent.NOT_GIVEN : Long.parseLong(value);
  }

  private static String value(Map<String, String> row, String column) {
    return row.getOrDefault(column, UNSET);
  }

  private static List<String> tsv(Map<String, String> row, List<String> order, String separator) {
    List<String> values = new ArrayList<>();
    for (String column : order) {
      String value = value(row, column);
      values.add(value.equals(UNSET) ? value : escaped(value, separator));
    }
    return List.of(
        "#separator " + hex(separator),
        "#unset_field" + separator + UNSET,
        "#path" + separator + "conn",
        "#fields" + separator + String.join(separator, order),
        String.join(separator, values));
  }

  private static String escaped(String value, String separator) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\') {
        text.append("\\\\");
      } else if (separator.indexOf(c) >= 0) {
        text.append(hex(String.valueOf(c)));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String hex(String ascii) {
    StringBuilder text = new StringBuilder();
    for (byte b : ascii.getBytes(StandardCharsets.US_ASCII)) {
      text.append(String.format("\\x%02x", b));
    }
    return text.toString();
  }

  private static String flatJson(Map<String, String> row, List<String> order, String scope) {
    return "{" + members(row, order, "id" + scope) + "}";
  }

  private static String nestedJson(Map<String, String> row, List<String> order) {
    List<String> inId = order.stream().filter(column -> column.startsWith("id.")).toList();
    List<String> outside = order.stream().filter(column -> !column.startsWith("id.")).toList();
    return "{\"id\" : {" + members(row, inId, "") + "}, " + members(row, outside, "") + "}";
  }

  private static String members(Map<String, String> row, List<String> order, String scope) {
    List<String> members = new ArrayList<>();
    for (String column : order) {
      String value = value(row, column);
      if (!value.equals(UNSET)) {
        String name = column.startsWith("id.") ? scope + column.substring(3) : column;
        members.add("\"" + name + "\":" + (TEXTS.contains(column) ? quoted(value) : bare(value)));
      }
    }
    return String.join(",", members);
  }

  private static String bare(String value) {
    return value.equals("T") ? "true" : value.equals("F") ? "false" : value;
  }

  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain = c >= ' ' && c != '"' && c != '\\' && (c & 1) == 0;
      text.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return text.append('"').toString();
  }

  private static Map<String, Arbitrary<String>> columns() {
    Arbitrary<String> address =
        Arbitraries.of("10.0.0.1", "192.0.2.255", "2001:db8::1", "fe80::1:2", "::", "0.0.0.0");
    Arbitrary<String> octet = Arbitraries.integers().between(0, 255).map(String::valueOf);
    Arbitrary<String> count = optional(Arbitraries.longs().greaterOrEqual(0).map(String::valueOf));
    Arbitrary<String> truth = Arbitraries.of("T", "F", UNSET);
    Map<String, Arbitrary<String>> columns = new LinkedHashMap<>();
    columns.put(
        "ts",
        Arbitraries.bigDecimals()
            .between(BigDecimal.ZERO, new BigDecimal("7258118399"))
            .ofScale(6)
            .map(BigDecimal::toPlainString));
    columns.put("id.orig_h", address);
    columns.put("id.orig_p", octet);
    columns.put("id.resp_h", address);
    columns.put("id.resp_p", octet);
    columns.put("proto", Arbitraries.of("tcp", "udp", "icmp", "sctp"));
    columns.put(
        "duration",
        optional(
            Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, new BigDecimal("100000"))
                .ofScale(6)
                .map(BigDecimal::toPlainString)));
    columns.put("orig_bytes", count);
    columns.put("resp_bytes", count);
    columns.put(
        "conn_state",
        Arbitraries.of(ConnState.values())
            .map(state -> state == ConnState.NONE ? UNSET : state.name()));
    columns.put("local_orig", truth);
    columns.put("local_resp", truth);
    columns.put(
        "history", optional(Arbitraries.strings().withChars("SsHhAaDdFfRrCc^").ofMinLength(1)));
    columns.put("orig_pkts", count);
    columns.put("resp_pkts", count);
    columns.put(
        "peer",
        optional(
            Arbitraries.strings()
                .withChars("ab01 x\\\"|,;\u0001\t\u00e9\u20ac")
                .ofMaxLength(20)
                .map(text -> "s" + text)));
    return columns;
  }

  private static Arbitrary<String> optional(Arbitrary<String> values) {
    return Arbitraries.oneOf(values, Arbitraries.just(UNSET));
  }

  @Provide
  Arbitrary<Map<String, String>> rows() {
    Map<String, Arbitrary<String>> columns = columns();
    List<String> names = List.copyOf(columns.keySet());
    return Combinators.combine(List.copyOf(columns.values()))
        .as(
            values -> {
              Map<String, String> row = new TreeMap<>();
              for (int i = 0; i < names.size(); i++) {
                row.put(names.get(i), values.get(i));
              }
              return row;
            });
  }

  @Provide
  Arbitrary<List<String>> orders() {
    return Arbitraries.shuffle(List.copyOf(columns().keySet()));
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of("|", "||", ",", ";", "\u0001", "|,");
  }
}

package io.github.sweepwatch.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.sweepwatch.detect.Reason;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.explain.Direction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;

/**
 * Nothing that a log holds breaks out. An alert with a hostile text wherever a text from a log can
 * stand is read back by a parser that knows nothing of the encoder, and must be what the same alert
 * with a harmless word is, but for that text.
 */
class EncoderProperties {
  private static final String WORD = "qwertz";
  private static final EcsSchema ECS = new EcsSchema();
  private static final OcsfSchema OCSF = new OcsfSchema();
  private static final StixSchema STIX = new StixSchema();

  /** An alert of some kind, to which texts are given. */
  private record Kind(ScanType type, ScanAlert.State state, boolean v4, Direction direction) {
    ScanAlert with(String text) {
      return AlertSamples.alert(type, state, v4)
          .sensors(List.of(text))
          .authorisedBy(direction == Direction.OUTBOUND ? text : null)
          .reasons(List.of(new Reason(text, 20, 20, 300), new Reason(text, 9, 5, 60)))
          .explanation(AlertSamples.explanation(direction, v4, text))
          .build();
    }
  }

  @Provide
  Arbitrary<Kind> kinds() {
    return Combinators.combine(
            Arbitraries.of(ScanType.class),
            Arbitraries.of(ScanAlert.State.class),
            Arbitraries.of(true, false),
            Arbitraries.of(Direction.class))
        .as(Kind::new);
  }

  @Provide
  Arbitrary<String> texts() {
    return HostileText.any();
  }

  /** Of every value in a document, where it stands. */
  private static Map<String, String> leaves(JsonNode tree) {
    Map<String, String> leaves = new LinkedHashMap<>();
    leaves("", tree, leaves);
    return leaves;
  }

  private static void leaves(String path, JsonNode node, Map<String, String> to) {
    if (node.isObject()) {
      to.put(path, "an object");
      JsonTree.members(node)
          .forEach(each -> leaves(path + "." + each.getKey(), each.getValue(), to));
    } else if (node.isArray()) {
      to.put(path, "an array");
      for (int i = 0; i < node.size(); i++) {
        leaves(path + "[" + i + "]", node.get(i), to);
      }
    } else {
      to.put(path, node.isString() ? node.asString() : node.toString());
    }
  }

  private static JsonNode checkJson(AlertEncoder encoder, Kind kind, String text) {
    String line = AlertSamples.encode(encoder, kind.with(text));
    assertEquals(line.length() - 1, line.indexOf('\n'));
    line.chars()
        .limit(line.length() - 1L)
        .forEach(c -> assertTrue(c >= ' ' && c < 0x7f && c != '<' && c != '>', () -> "" + c));
    JsonNode tree = JsonTree.parse(line);
    Map<String, String> expected =
        leaves(JsonTree.parse(AlertSamples.encode(encoder, kind.with(WORD))));
    String comes = HostileText.wellFormed(text);
    expected.replaceAll((path, value) -> value.replace(WORD, comes));
    // The name of a program is the last part of its path.
    String[] parts = comes.split("[/\\\\]", -1);
    expected.computeIfPresent(".process.name", (path, value) -> parts[parts.length - 1]);
    Map<String, String> read = leaves(tree);
    // Ids that are made from the text.
    for (Map<String, String> each : List.of(expected, read)) {
      each.replaceAll((path, value) -> value.replaceFirst("^(identity--)?[0-9a-f-]{36}$", "an id"));
    }
    assertEquals(expected, read);
    return tree;
  }

  @Property(tries = 300)
  void json(@ForAll("kinds") Kind kind, @ForAll("texts") String text) {
    checkJson(new JsonAlertEncoder(), kind, text);
  }

  @Property(tries = 300)
  void ecs(@ForAll("kinds") Kind kind, @ForAll("texts") String text) {
    assertEquals(List.of(), ECS.errors(checkJson(new EcsAlertEncoder(), kind, text)));
  }

  @Property(tries = 300)
  void ocsf(@ForAll("kinds") Kind kind, @ForAll("texts") String text) {
    assertEquals(List.of(), OCSF.errors(checkJson(new OcsfAlertEncoder(), kind, text)));
  }

  @Property(tries = 100)
  void stix(@ForAll("kinds") Kind kind, @ForAll("texts") String text) {
    assertEquals(List.of(), STIX.errors(checkJson(new StixAlertEncoder(), kind, text)));
  }

  @Property(tries = 500)
  void cef(@ForAll("kinds") Kind kind, @ForAll("texts") String text) {
    CefAlertEncoder encoder = new CefAlertEncoder();
    CefLine expected = CefLine.parse(AlertSamples.encode(encoder, kind.with(WORD)));
    CefLine read = CefLine.parse(AlertSamples.encode(encoder, kind.with(text)));
    assertEquals(expected.header(), read.header());
    Map<String, String> values = new LinkedHashMap<>();
    expected
        .extension()
        .forEach(
            (key, value) -> {
              // One text, or items of a list, between which a semicolon must not stand.
              char more = key.equals("msg") || key.equals("dvchost") ? '\0' : ';';
              values.put(key, value.replace(WORD, HostileText.visible(text, more)));
            });
    assertEquals(values, read.extension());
  }

  @Property(tries = 500)
  void csv(@ForAll("kinds") Kind kind, @ForAll("texts") String text) {
    List<String> expected = csvCells(kind.with(WORD));
    List<String> read = csvCells(kind.with(text));
    String item = HostileText.visible(text, ';');
    boolean formula = item.stripLeading().matches("[=+\\-@\uff1d\uff0b\uff0d\uff20].*");
    String comes = formula ? "'" + item : item;
    assertEquals(expected.stream().map(cell -> cell.replace(WORD, comes)).toList(), read);
    for (String cell : read) {
      for (String part : cell.split(";", -1)) {
        assertFalse(part.stripLeading().matches("[=+\\-@\t\r].*"), part);
      }
    }
  }

  private static List<String> csvCells(ScanAlert alert) {
    String line = AlertSamples.encode(new CsvAlertEncoder(), alert);
    assertEquals(line.length() - 2, line.indexOf("\r\n"));
    assertEquals(1, line.chars().filter(c -> c == '\n').count());
    List<CsvRecord> records = CsvReader.builder().ofCsvRecord(line).stream().toList();
    assertEquals(1, records.size());
    return records.get(0).getFields();
  }

  @Property(tries = 300)
  void listsKeepWithinTheirLimit(@ForAll("lists") List<String> items) {
    for (int limit = 40; limit < 120; limit += 7) {
      String text = LineText.list(items, limit);
      assertTrue(text.length() <= limit, text);
      String all =
          items.stream()
              .map(item -> HostileText.visible(item, ';'))
              .collect(Collectors.joining(";"));
      if (all.length() <= limit) {
        assertEquals(all, text);
      } else {
        // What is shown, the first perhaps cut, and how many are not.
        List<String> parts = Arrays.asList(text.split(";", -1));
        String last = parts.get(parts.size() - 1);
        boolean rest = last.matches("\\+[1-9][0-9]* more");
        int shown = rest ? parts.size() - 1 : parts.size();
        int more = rest ? Integer.parseInt(last.replaceAll("\\D", "")) : 0;
        assertEquals(items.size(), shown + more, text);
        assertTrue(rest || parts.get(0).endsWith("..."), text);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return Arbitraries.strings()
        .withChars("ab;\n\ud83d\ude00")
        .ofMaxLength(20)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }
}

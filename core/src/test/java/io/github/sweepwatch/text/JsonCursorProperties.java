package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The cursor against jackson-core: the same texts are accepted, with the same tokens. */
class JsonCursorProperties {
  @Property(tries = 3000)
  void readsWhatJacksonReads(@ForAll("texts") String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<String> expected = JsonTrace.ofJackson(bytes);
    assertEquals(expected, JsonTrace.ofCursor(bytes), text);
  }

  @Property(tries = 3000)
  void guessesChangeNothing(
      @ForAll("texts") String text, @ForAll("names") String name, @ForAll int cut) {
    byte[] whole = text.replace("key", name).getBytes(StandardCharsets.UTF_8);
    JsonKey guess = new JsonKey(name);
    byte[] part = Arrays.copyOf(whole, Math.floorMod(cut, whole.length + 1));
    for (byte[] bytes : List.of(whole, part)) {
      assertEquals(
          JsonTrace.ofCursor(bytes), JsonTrace.ofCursor(bytes, cursor -> cursor.next(guess)), text);
    }
  }

  @Property(tries = 5000)
  void rejectsWhatJacksonRejects(
      @ForAll("texts") String text, @ForAll("edits") List<Character> edits, @ForAll int at) {
    // An edit could halve a surrogate pair: jackson-core rejects that in names, RFC 8259 does not.
    StringBuilder edited = new StringBuilder(text.replace("\\ud83d\\ude00", "\\u20ac"));
    int position = edited.isEmpty() ? 0 : Math.floorMod(at, edited.length());
    for (char edit : edits) {
      if (edit == '\0') {
        if (position < edited.length()) {
          edited.deleteCharAt(position);
        }
      } else {
        edited.insert(Math.min(position, edited.length()), edit);
      }
    }
    Assume.that(!edited.toString().matches("(?s).*\\\\u[dD][89a-fA-F].*"));
    byte[] bytes = edited.toString().getBytes(StandardCharsets.UTF_8);
    assertEquals(JsonTrace.ofJackson(bytes), JsonTrace.ofCursor(bytes), edited.toString());
  }

  @Provide
  Arbitrary<List<Character>> edits() {
    return Arbitraries.chars()
        .with("\0\0\0{}[]:,\"\\u0e+-.1 \n\ttrue".toCharArray())
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<String> texts() {
    return Combinators.combine(blanks(), value(), blanks()).as((a, b, c) -> a + b + c);
  }

  private static Arbitrary<String> value() {
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            Arbitraries.of("true", "false", "null", "{}", "[]", "{ }", "[ \t]"),
            string(),
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.bigDecimals().map(String::valueOf),
            Arbitraries.of("0", "-0", "0.0", "1e5", "1E+5", "7e-06", "-1.25e-10", "0e0"));
    return Arbitraries.recursive(() -> leaf, JsonCursorProperties::nest, 0, 4);
  }

  private static Arbitrary<String> nest(Arbitrary<String> inner) {
    Arbitrary<String> padded =
        Combinators.combine(blanks(), inner, blanks()).as((a, b, c) -> a + b + c);
    Arbitrary<String> array =
        padded.list().ofMaxSize(3).map(parts -> "[" + String.join(",", parts) + "]");
    Arbitrary<String> object =
        Combinators.combine(key(), padded)
            .as((key, value) -> key + value)
            .list()
            .ofMaxSize(3)
            .map(parts -> "{" + String.join(", ", parts) + "}");
    return Arbitraries.oneOf(array, object);
  }

  private static Arbitrary<String> key() {
    return Arbitraries.oneOf(Arbitraries.just("\"key\":"), string().map(name -> name + " :"));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(20);
  }

  private static Arbitrary<String> blanks() {
    return Arbitraries.strings().withChars(" \t\n\r").ofMaxLength(2);
  }

  private static Arbitrary<String> string() {
    Arbitrary<String> pieces =
        Arbitraries.oneOf(
            Arbitraries.strings().withCharRange('a', 'z').ofMaxLength(12),
            Arbitraries.of("\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t"),
            Arbitraries.of("\\u0041", "\\u00e9", "\\u20AC", "\\ud83d\\ude00", "é", "€", "😀"),
            Arbitraries.of("\u007f", " ", "'", ":", ",", "{", "]"));
    return pieces.list().ofMaxSize(4).map(parts -> "\"" + String.join("", parts) + "\"");
  }
}

package io.github.sweepwatch.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "[1,]",
        "[,1]",
        "{,}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "[1]]",
        "{}}",
        "1 2",
        "tru",
        "nul",
        "truex",
        "01",
        "-",
        "+1",
        ".5",
        "1.",
        "1e",
        "1e+",
        "--1",
        "0x1",
        "NaN",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "\"\u0001\"",
        "[1}",
        "{\"a\":1]",
        "\ufeff1",
        "[1\u00a0]"
      })
  void rejectsWhatIsNoJson(String text) {
    assertNull(JsonTrace.ofCursor(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void nestsToItsLimitAndNoFurther() {
    assertEquals(2 * JsonCursor.MAX_DEPTH, nested(JsonCursor.MAX_DEPTH));
    assertEquals(-1, nested(JsonCursor.MAX_DEPTH + 1));
    assertEquals(-1, nested(10_000));
  }

  @Test
  void skipsWhatIsInside() {
    JsonCursor cursor = cursor("{\"a\":{\"b\":[1,{\"c\":2}]},\"d\":3}");
    assertEquals(JsonToken.BEGIN_OBJECT, cursor.next());
    JsonToken inner = cursor.next();
    assertEquals(JsonToken.BEGIN_OBJECT, inner);
    assertTrue(cursor.skip(inner));
    assertEquals(JsonToken.NUMBER, cursor.next());
    assertTrue(cursor.keyIs(new JsonKey("d")));
    assertTrue(cursor.skip(JsonToken.NUMBER));
    assertEquals("3", cursor.text());
    assertEquals(JsonToken.END_OBJECT, cursor.next());
    assertEquals(JsonToken.END, cursor.next());
    assertEquals(JsonToken.END, cursor.next());
  }

  @Test
  void skippingStopsAtWhatIsNoJson() {
    JsonCursor cursor = cursor("[[1,[2,}]]");
    assertEquals(JsonToken.BEGIN_ARRAY, cursor.next());
    assertFalse(cursor.skip(cursor.next()));
    assertFalse(cursor.skip(JsonToken.INVALID));
  }

  @Test
  void resolvesEscapesInNamesAndTexts() {
    JsonCursor cursor = cursor("{\"i\\u0064\":\"a\\u0062\\n\",\"x\":\"plain\"}");
    cursor.next();
    assertEquals(JsonToken.STRING, cursor.next());
    assertTrue(cursor.keyIs(new JsonKey("id")));
    assertTrue(cursor.isEscaped());
    assertEquals("ab\n", cursor.text());
    cursor.next();
    assertFalse(cursor.isEscaped());
    assertTrue(cursor.keyIs(new JsonKey("x")));
  }

  @Test
  void halfASurrogatePairIsReplaced() {
    JsonCursor cursor = cursor("[\"\\ud83dx\",\"\\ude00\",\"\\ud83d\\u0041\"]");
    cursor.next();
    cursor.next();
    assertEquals("\ufffdx", cursor.text());
    cursor.next();
    assertEquals("\ufffd", cursor.text());
    cursor.next();
    assertEquals("\ufffdA", cursor.text());
  }

  @Test
  void halfASurrogatePairInANameIsReplacedToo() {
    JsonCursor cursor = cursor("{\":\\udddddd\\udf0e\":{}}");
    cursor.next();
    assertEquals(JsonToken.BEGIN_OBJECT, cursor.next());
    int length = cursor.keyTo() - cursor.keyFrom();
    assertEquals(
        ":\ufffddd\ufffd",
        new String(cursor.keyBytes(), cursor.keyFrom(), length, StandardCharsets.UTF_8));
  }

  @Test
  void bytesThatAreNoUtf8AreTolerated() {
    byte[] text = {'"', (byte) 0xff, (byte) 0xc3, '"'};
    JsonCursor cursor = new JsonCursor();
    cursor.reset(text, 0, text.length);
    assertEquals(JsonToken.STRING, cursor.next());
    assertEquals(1, cursor.from());
    assertEquals(3, cursor.to());
    assertEquals(JsonToken.END, cursor.next());
  }

  @Test
  void saysWhetherAKeyWasGuessed() {
    JsonCursor cursor = cursor("{\"first_of_all\":1,\"b\":2, \"b\" :3,\"\\u0062\":4,\"bc\":5}");
    JsonKey b = new JsonKey("b");
    cursor.next(b);
    assertFalse(cursor.guessed());
    assertEquals(JsonToken.NUMBER, cursor.next(new JsonKey("first_of_all")));
    assertTrue(cursor.guessed());
    assertTrue(cursor.keyIs(new JsonKey("first_of_all")));
    assertEquals("1", cursor.text());
    cursor.next(b);
    assertTrue(cursor.guessed());
    assertEquals("2", cursor.text());
    // The same key, but written in other ways: read, not guessed.
    for (String value : new String[] {"3", "4"}) {
      cursor.next(b);
      assertFalse(cursor.guessed());
      assertTrue(cursor.keyIs(b));
      assertEquals(value, cursor.text());
    }
    cursor.next(b);
    assertFalse(cursor.guessed());
    assertFalse(cursor.keyIs(b));
    assertEquals(JsonToken.END_OBJECT, cursor.next(b));
    assertFalse(cursor.guessed());
  }

  @Test
  void aKeyIsWrittenWithoutEscapes() {
    assertEquals("\"id.orig_h\":", new JsonKey("id.orig_h").toString());
    for (String name : new String[] {"a\"", "\\", "a\n"}) {
      assertThrows(IllegalArgumentException.class, () -> new JsonKey(name));
    }
  }

  @Test
  void aProblemSaysWhere() {
    JsonCursor cursor = cursor("{\"a\":1 2}");
    cursor.next();
    cursor.next();
    assertEquals("", cursor.problem());
    assertEquals(JsonToken.INVALID, cursor.next());
    assertTrue(cursor.problem().contains("at byte 8"), cursor.problem());
  }

  private static JsonCursor cursor(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonCursor cursor = new JsonCursor();
    cursor.reset(bytes, 0, bytes.length);
    return cursor;
  }

  /** How many tokens arrays nested so deep have, or -1 where they are rejected. */
  private static int nested(int depth) {
    byte[] text = ("[".repeat(depth) + "]".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    java.util.List<String> trace = JsonTrace.ofCursor(text);
    return trace == null ? -1 : trace.size();
  }
}

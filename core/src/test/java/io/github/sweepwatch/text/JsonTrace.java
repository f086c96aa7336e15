package io.github.sweepwatch.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a text consists of, token by token: as the cursor sees it, and as jackson-core does. */
final class JsonTrace {
  private static final JsonFactory JACKSON = new JsonFactory();

  private JsonTrace() {}

  /** The cursor's tokens with their values, or null where it rejects the text. */
  static @Nullable List<String> ofCursor(byte[] text) {
    return ofCursor(text, JsonCursor::next);
  }

  /** The same, going from token to token in a given way. */
  static @Nullable List<String> ofCursor(byte[] text, Function<JsonCursor, JsonToken> next) {
    // Something before and after, which must not be looked at.
    byte[] buffer = new byte[text.length + 2];
    buffer[0] = '[';
    buffer[text.length + 1] = '}';
    System.arraycopy(text, 0, buffer, 1, text.length);
    JsonCursor cursor = new JsonCursor();
    cursor.reset(buffer, 1, text.length + 1);
    List<String> trace = new ArrayList<>();
    // Whether each open level is an object.
    List<Boolean> levels = new ArrayList<>();
    JsonToken token;
    while ((token = next.apply(cursor)) != JsonToken.END) {
      if (token == JsonToken.INVALID) {
        if (cursor.problem().isEmpty() || cursor.next() != JsonToken.INVALID) {
          throw new IllegalStateException("a rejection without a reason, or one that goes away");
        }
        return null;
      }
      boolean ends = token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
      if (ends) {
        levels.remove(levels.size() - 1);
      } else if (!levels.isEmpty() && levels.get(levels.size() - 1)) {
        trace.add(
            "key "
                + new String(
                    cursor.keyBytes(),
                    cursor.keyFrom(),
                    cursor.keyTo() - cursor.keyFrom(),
                    StandardCharsets.UTF_8));
      }
      if (token == JsonToken.BEGIN_OBJECT || token == JsonToken.BEGIN_ARRAY) {
        levels.add(token == JsonToken.BEGIN_OBJECT);
      }
      boolean hasText = token == JsonToken.STRING || token == JsonToken.NUMBER;
      trace.add(token + (hasText ? " " + cursor.text() : ""));
      if (cursor.depth() != levels.size()) {
        throw new IllegalStateException("depth " + cursor.depth() + " of " + levels.size());
      }
    }
    return trace;
  }

  /** The same by jackson-core. */
  static @Nullable List<String> ofJackson(byte[] text) {
    List<String> trace = new ArrayList<>();
    int roots = 0;
    int depth = 0;
    try (JsonParser parser = JACKSON.createParser(text)) {
      while (parser.nextToken() != null) {
        roots += depth == 0 && !parser.currentToken().isStructEnd() ? 1 : 0;
        switch (parser.currentToken()) {
          case FIELD_NAME -> trace.add("key " + paired(parser.currentName()));
          case START_OBJECT -> {
            trace.add("BEGIN_OBJECT");
            depth++;
          }
          case START_ARRAY -> {
            trace.add("BEGIN_ARRAY");
            depth++;
          }
          case END_OBJECT -> {
            trace.add("END_OBJECT");
            depth--;
          }
          case END_ARRAY -> {
            trace.add("END_ARRAY");
            depth--;
          }
          case VALUE_STRING -> trace.add("STRING " + paired(parser.getText()));
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> trace.add("NUMBER " + parser.getText());
          case VALUE_TRUE -> trace.add("TRUE");
          case VALUE_FALSE -> trace.add("FALSE");
          case VALUE_NULL -> trace.add("NULL");
          default -> throw new IllegalStateException("token " + parser.currentToken());
        }
      }
    } catch (IOException e) {
      return null;
    }
    return roots == 1 ? trace : null;
  }

  /** The cursor replaces half a surrogate pair, which jackson-core keeps. */
  private static String paired(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .map(point -> point >= 0xd800 && point < 0xe000 ? 0xfffd : point)
        .forEach(result::appendCodePoint);
    return result.toString();
  }
}

package io.github.sweepwatch.text;

import java.nio.charset.StandardCharsets;

/**
 * A member's name that a parser looks for or expects next. Immutable and thread-safe.
 *
 * @see JsonCursor#next(JsonKey)
 */
public final class JsonKey {
  /** No key at all. */
  static final JsonKey NONE = new JsonKey();

  /** As it stands in a record: in quotes, with a colon. */
  final byte[] member;

  /**
   * A key.
   *
   * @param name the member's name
   * @throws IllegalArgumentException if the name cannot stand in JSON without escapes
   */
  public JsonKey(String name) {
    if (name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
      throw new IllegalArgumentException("a key that needs escapes: " + name);
    }
    member = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
  }

  private JsonKey() {
    member = new byte[0];
  }

  /** The name in quotes, with a colon. */
  @Override
  public String toString() {
    return new String(member, StandardCharsets.UTF_8);
  }
}

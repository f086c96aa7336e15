package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.text.JsonKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a name means where it stands. Immutable. */
final class FieldName {
  /** Of a pair, which half it is. */
  enum Half {
    NEITHER,
    NAME,
    VALUE
  }

  private record Meaning(EventField field, int rank) {}

  private static final Map<String, Meaning> MEANINGS = new HashMap<>();
  private static final List<String> OBJECTS = List.of("winlogbeat", "winlog", "eventdata");
  private static final JsonKey UNGUESSED = new JsonKey("\u00a0");

  static {
    for (EventField field : EventField.values()) {
      for (int rank = 0; rank < field.names().size(); rank++) {
        MEANINGS.put(field.names().get(rank), new Meaning(field, rank));
      }
    }
  }

  /** A name that was not looked up. */
  static final FieldName NONE = new FieldName(0, new byte[0], Scope.OTHER, "");

  /** Of XML, the attribute that names the provider. */
  static final FieldName PROVIDER_NAME = new FieldName(0, new byte[0], Scope.PROVIDER, "name");

  /** Of XML, the attribute with the event's time. */
  static final FieldName SYSTEM_TIME = new FieldName(0, new byte[0], Scope.EVENT, "SystemTime");

  private final int index;
  private final byte[] name;
  private final Scope where;
  private final Scope scope;
  private final @Nullable EventField field;
  private final int rank;
  private final Half half;
  private final JsonKey key;

  private FieldName(int index, byte[] name, Scope where, String text) {
    this.index = index;
    this.name = name;
    this.where = where;
    Scope within = where;
    String last = text;
    int dot;
    // Exports that flatten their objects: winlog.event_data.SourceIp.
    while ((dot = last.indexOf('.')) >= 0) {
      within = within.within(Scope.normal(last.substring(0, dot)));
      last = last.substring(dot + 1);
    }
    String normal = Scope.normal(last);
    boolean fields = within != Scope.OTHER && within != Scope.LIST;
    Meaning meaning = fields ? MEANINGS.get(within.prefix() + normal) : null;
    if (meaning == null && within == Scope.EVENT) {
      meaning = MEANINGS.get(withoutPath(normal));
    }
    scope = within.within(normal);
    field = meaning == null ? null : meaning.field;
    rank = meaning == null ? 0 : meaning.rank;
    half =
        switch (normal) {
          case "name" -> Half.NAME;
          case "text", "value", "content" -> Half.VALUE;
          default -> Half.NEITHER;
        };
    key =
        text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')
            ? UNGUESSED
            : new JsonKey(text);
  }

  /* Without what collectors that have no objects put before a name in their place. */
  private static String withoutPath(String normal) {
    String name = normal.length() > 3 && normal.charAt(0) == '_' ? normal.substring(1) : normal;
    for (String object : OBJECTS) {
      if (name.startsWith(object) && name.length() > object.length()) {
        name = name.substring(object.length());
      }
    }
    return name;
  }

  /**
   * What a name means.
   *
   * @param index a number of its own
   * @param where the object it stands in
   */
  static FieldName of(int index, Scope where, byte[] name) {
    return new FieldName(index, name, where, new String(name, StandardCharsets.UTF_8));
  }

  int index() {
    return index;
  }

  byte[] name() {
    return name;
  }

  /** The object it stands in. */
  Scope where() {
    return where;
  }

  /** What an object of this name is about. */
  Scope scope() {
    return scope;
  }

  /** The field it names, or null. */
  @Nullable EventField field() {
    return field;
  }

  /** Which of the field's names it is: the lowest counts. */
  int rank() {
    return rank;
  }

  Half half() {
    return half;
  }

  /** The name as a key to guess. */
  JsonKey key() {
    return key;
  }
}

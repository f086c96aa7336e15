package io.github.sweepwatch.parser.sysmon;

import java.util.Locale;
import java.util.Map;

/** What the members of an object, or the elements within an element, are about. */
enum Scope {
  /** The event itself, whatever objects it is divided into. */
  EVENT(""),
  /** Winlogbeat's own object: its user and process are those that wrote the log. */
  WINLOG(""),
  SOURCE("source."),
  DESTINATION("destination."),
  NETWORK("network."),
  PROCESS("process."),
  USER("user."),
  HOST("host."),
  /** ECS has {@code event.code} and its like there, exports of XML the whole event. */
  ENVELOPE("event."),
  PROVIDER("provider."),
  EVENT_ID("eventid."),
  /** One name and one value, as XML's data elements become in JSON. */
  PAIR(""),
  /** A list of events. */
  LIST(""),
  /** Something else. */
  OTHER("");

  private static final Map<String, Scope> BY_NAME =
      Map.ofEntries(
          Map.entry("winlog", WINLOG),
          Map.entry("eventdata", EVENT),
          Map.entry("userdata", EVENT),
          Map.entry("eventxml", EVENT),
          Map.entry("system", EVENT),
          Map.entry("timecreated", EVENT),
          Map.entry("win", EVENT),
          Map.entry("properties", EVENT),
          Map.entry("source", SOURCE),
          Map.entry("destination", DESTINATION),
          Map.entry("network", NETWORK),
          Map.entry("process", PROCESS),
          Map.entry("user", USER),
          Map.entry("host", HOST),
          Map.entry("event", ENVELOPE),
          Map.entry("provider", PROVIDER),
          Map.entry("eventid", EVENT_ID),
          Map.entry("data", PAIR),
          Map.entry("attributes", EVENT),
          Map.entry("fields", EVENT),
          Map.entry("result", EVENT),
          Map.entry("_source", EVENT),
          Map.entry("events", LIST),
          Map.entry("records", LIST),
          Map.entry("value", LIST),
          Map.entry("results", LIST));

  private final String prefix;

  Scope(String prefix) {
    this.prefix = prefix;
  }

  /** A number of its own, from 0. */
  @SuppressWarnings("EnumOrdinal")
  int index() {
    return ordinal();
  }

  /** What stands before the names of its members in {@link EventField}. */
  String prefix() {
    return prefix;
  }

  /** The scope of an object within this one. */
  Scope within(String normalName) {
    Scope scope = BY_NAME.getOrDefault(normalName, OTHER);
    return switch (this) {
      case EVENT, PAIR -> scope;
      case WINLOG -> scope == EVENT || scope == PROVIDER ? scope : OTHER;
      case ENVELOPE -> scope == EVENT || scope == EVENT_ID ? scope : attributes(normalName);
      case PROVIDER, EVENT_ID -> attributes(normalName);
      default -> OTHER;
    };
  }

  private Scope attributes(String normalName) {
    return normalName.equals("attributes") ? this : OTHER;
  }

  /** A name in lower case, without what writers put into it or leave out at will. */
  static String normal(String name) {
    StringBuilder normal = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c != '_' || i == 0) && c != '-' && c != ' ' && c != '@' && c != '#') {
        normal.append(c);
      }
    }
    return normal.toString().toLowerCase(Locale.ROOT);
  }
}

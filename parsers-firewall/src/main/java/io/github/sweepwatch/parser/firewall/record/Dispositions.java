package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.event.Outcome;

/** What a device's word for what it did means. Thread-safe. */
public final class Dispositions {
  private static final String[] BLOCKED = {
    "deny",
    "denied",
    "drop",
    "block",
    "reject",
    "reset",
    "refuse",
    "discard",
    "prevent",
    "bloqu",
    "prohibit",
    "forbid",
    "quarantine",
    "terminate",
    "fail",
    "/failure",
    "dos-drop",
    "shun"
  };
  // Words of alarms and of what is no traffic at all.
  private static final String[] OTHER_EVENTS = {
    "threat",
    "virus",
    "malware",
    "intrusion",
    "exploit",
    "attack",
    "spyware",
    "vulnerab",
    "botnet",
    "login",
    "logon",
    "log on",
    "logoff",
    "logout",
    "logged",
    "authenti",
    "admin",
    "config",
    "heartbeat",
    "phish",
    "trojan",
    "anomaly",
    "reconnaissance",
    "signature",
    "password",
    "dlp",
    "antivirus",
    "wildfire",
    "webfilter",
    "infection",
    "ransom",
    "injection",
    "smartdefense",
    "malware"
  };
  private static final String[] OTHER_WORDS = {"ips", "ids", "av", "audit", "scan"};

  private Dispositions() {}

  /**
   * The outcome of a word, as far as it goes.
   *
   * @param fields a record's fields
   * @param field which of them
   * @return {@link Outcome#BLOCKED} or {@link Outcome#UNKNOWN}
   */
  public static Outcome outcome(Fields fields, Field field) {
    return fields.has(field)
        ? outcome(fields.bytes(), fields.from(field), fields.to(field))
        : Outcome.UNKNOWN;
  }

  /**
   * The outcome of a word, as far as it goes.
   *
   * @param bytes holds the word
   * @param from its first byte
   * @param to its end, exclusive
   * @return {@link Outcome#BLOCKED} or {@link Outcome#UNKNOWN}
   */
  public static Outcome outcome(byte[] bytes, int from, int to) {
    for (String word : BLOCKED) {
      if (Text.contains(bytes, from, to, word)) {
        return Outcome.BLOCKED;
      }
    }
    return Outcome.UNKNOWN;
  }

  /**
   * Whether a title is that of an alarm, a logon or the device's own affairs, not of a connection.
   *
   * @param bytes holds the title
   * @param from its first byte
   * @param to its end, exclusive
   * @return true if so
   */
  public static boolean isOtherEvent(byte[] bytes, int from, int to) {
    for (String word : OTHER_EVENTS) {
      if (Text.contains(bytes, from, to, word)) {
        return true;
      }
    }
    for (String word : OTHER_WORDS) {
      if (containsWord(bytes, from, to, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsWord(byte[] bytes, int from, int to, String word) {
    for (int i = from; i + word.length() <= to; i++) {
      if (Text.startsWith(bytes, i, to, word)
          && (i == from || !isLetter(bytes[i - 1]))
          && (i + word.length() == to || !isLetter(bytes[i + word.length()]))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(int character) {
    return (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
  }
}

package io.github.sweepwatch.parser.firewall.record;

import io.github.sweepwatch.event.Outcome;
import java.nio.charset.StandardCharsets;

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

  // The words that most records have, which need no search.
  private static final String[] ALLOWING = {
    "accept", "allow", "allowed", "close", "permit", "pass", "timeout", "start"
  };
  private static final String[] BLOCKING = {"deny", "drop", "reject", "block", "blocked"};
  private static final int COMMON_ALLOWED = ALLOWING.length;
  private static final long[] COMMON = new long[ALLOWING.length + BLOCKING.length];

  static {
    for (int i = 0; i < COMMON.length; i++) {
      String word = i < COMMON_ALLOWED ? ALLOWING[i] : BLOCKING[i - COMMON_ALLOWED];
      byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
      COMMON[i] = lowerCase(bytes, 0, bytes.length);
    }
  }

  private Dispositions() {}

  /* Up to eight letters as one number, 0 for more. */
  private static long lowerCase(byte[] bytes, int from, int to) {
    if (to - from > Long.BYTES) {
      return 0;
    }
    long word = 0;
    for (int i = from; i < to; i++) {
      word = word << Byte.SIZE | ((bytes[i] | 0x20) & 0xff);
    }
    return word;
  }

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
    long word8 = lowerCase(bytes, from, to);
    for (int i = 0; i < COMMON.length; i++) {
      if (COMMON[i] == word8) {
        return i < COMMON_ALLOWED ? Outcome.UNKNOWN : Outcome.BLOCKED;
      }
    }
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

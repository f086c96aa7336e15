package io.github.sweepwatch.parser.firewall.netfilter;

import io.github.sweepwatch.event.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What the prefix of a log line says of the packet: the packet filter writes no verdict itself, so
 * whoever wrote the rule put it there. The first word in the prefix that is in the table decides;
 * words are told apart by anything but letters, and compared without case.
 *
 * <p>UniFi's mark, a single letter between hyphens or before a bracket as in {@code [WAN_IN-D-20]},
 * goes before all words. A packet that was let through has no known outcome yet.
 *
 * <p>Immutable and thread-safe.
 */
public final class PrefixVerdicts {
  private static final List<String> BLOCKED =
      List.of(
          "block",
          "blocked",
          "drop",
          "drops",
          "dropped",
          "deny",
          "denied",
          "reject",
          "rejected",
          "refused",
          "discard",
          "discarded",
          "drp",
          "rej",
          "blk");
  private static final List<String> PASSED =
      List.of(
          "accept",
          "accepted",
          "allow",
          "allowed",
          "pass",
          "passed",
          "permit",
          "permitted",
          "acc",
          "audit");

  private final byte[][] blocked;
  private final byte[][] passed;
  // By a word's length, the letters that the words in the table begin with.
  private final int[] initials = new int[Byte.MAX_VALUE];

  /**
   * A table of words.
   *
   * @param blocked words of packets that were dropped or rejected, in any case
   * @param passed words of packets that were let through, in any case
   */
  public PrefixVerdicts(Collection<String> blocked, Collection<String> passed) {
    this.blocked = lowerCase(blocked);
    this.passed = lowerCase(passed);
    note(this.blocked);
    note(this.passed);
  }

  private void note(byte[][] words) {
    for (byte[] word : words) {
      initials[Math.min(word.length, initials.length - 1)] |= word.length == 0 ? 0 : 1 << word[0];
    }
  }

  /* Whether a word in the table has this length and this initial, as most words in a prefix do not. */
  private boolean mayBegin(int length, int initial) {
    return (initials[Math.min(length, initials.length - 1)] & 1 << (initial | 0x20)) != 0;
  }

  /**
   * The usual words: drop, reject, deny, block and the like; accept, allow, pass.
   *
   * @return the table
   */
  public static PrefixVerdicts defaults() {
    return new PrefixVerdicts(BLOCKED, PASSED);
  }

  private static byte[][] lowerCase(Collection<String> words) {
    List<byte[]> bytes = new ArrayList<>();
    for (String word : words) {
      bytes.add(word.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toArray(new byte[0][]);
  }

  /**
   * What a prefix says.
   *
   * @param bytes holds it
   * @param from its first byte
   * @param to its end, exclusive
   * @return {@link Outcome#BLOCKED} or {@link Outcome#UNKNOWN}
   */
  public Outcome outcome(byte[] bytes, int from, int to) {
    for (int i = from + 1; i + 1 < to; i++) {
      if (bytes[i - 1] == '-' && (bytes[i + 1] == '-' || bytes[i + 1] == ']')) {
        if (bytes[i] == 'D' || bytes[i] == 'R') {
          return Outcome.BLOCKED;
        }
        if (bytes[i] == 'A') {
          return Outcome.UNKNOWN;
        }
      }
    }
    int i = from;
    while (i < to) {
      int start = i;
      while (i < to && isLetter(bytes[i])) {
        i++;
      }
      if (i > start && mayBegin(i - start, bytes[start])) {
        if (isIn(blocked, bytes, start, i)) {
          return Outcome.BLOCKED;
        }
        if (isIn(passed, bytes, start, i)) {
          return Outcome.UNKNOWN;
        }
      }
      i++;
    }
    return Outcome.UNKNOWN;
  }

  private static boolean isIn(byte[][] words, byte[] bytes, int from, int to) {
    for (byte[] word : words) {
      if (word.length == to - from && matches(word, bytes, from)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] word, byte[] bytes, int from) {
    for (int i = 0; i < word.length; i++) {
      if ((bytes[from + i] | 0x20) != word[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(int character) {
    int lower = character | 0x20;
    return lower >= 'a' && lower <= 'z';
  }
}

package io.github.sweepwatch.parser.zeek;

/**
 * The letters of a {@code history} as sets, one for either side, packed into a long. Order and
 * repetition are dropped: what they would add, conn_state says.
 */
final class History {
  /** The log has no history at all. Not the same as an empty one. */
  static final long NOT_SHOWN = 1L << 62;

  /** Zeek's heuristic turned the connection round. */
  static final long FLIPPED = 1L << 61;

  /** A set of letters takes 26 bits; the responder's follows the originator's. */
  private static final int LETTERS = 26;

  // Zero windows and "analysis stopped" say nothing of flags.
  private static final int SILENT = letters("WX");

  private History() {}

  static long of(byte[] bytes, int from, int to) {
    long history = 0;
    for (int i = from; i < to; i++) {
      int c = bytes[i];
      if (c >= 'A' && c <= 'Z') {
        history |= 1L << (c - 'A');
      } else if (c >= 'a' && c <= 'z') {
        history |= 1L << (c - 'a' + LETTERS);
      } else if (c == '^') {
        history |= FLIPPED;
      }
    }
    return history;
  }

  /** A set, for comparison with {@link #originator} and {@link #responder}. */
  static int letters(String upperCase) {
    int set = 0;
    for (int i = 0; i < upperCase.length(); i++) {
      set |= 1 << (upperCase.charAt(i) - 'A');
    }
    return set;
  }

  static int originator(long history) {
    return (int) history & ((1 << LETTERS) - 1) & ~SILENT;
  }

  static int responder(long history) {
    return (int) (history >>> LETTERS) & ((1 << LETTERS) - 1) & ~SILENT;
  }
}

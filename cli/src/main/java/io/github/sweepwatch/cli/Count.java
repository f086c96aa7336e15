package io.github.sweepwatch.cli;

import java.util.Locale;

/** Counted things, as people write them. */
final class Count {
  private Count() {}

  /** {@code 1 line}, {@code 1,234 lines}. */
  static String of(long count, String noun) {
    return of(count, noun, noun + "s");
  }

  /** {@code 1 entry}, {@code 2 entries}. */
  static String of(long count, String one, String many) {
    return number(count) + " " + (count == 1 ? one : many);
  }

  /** {@code 1,234}. */
  static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}

package io.github.sweepwatch.parser.sysmon;

/** Finds the events of a document, in a buffer that is filled as it goes. Not thread-safe. */
abstract class DocumentScanner {
  /** What was found. */
  enum Found {
    /** More has to come before anything can be said; at the end, there is no more. */
    NOTHING,
    EVENT,
    /** An event that has no end. */
    CUT
  }

  static final int NONE = -1;

  /** Where to look on. */
  int at;

  /** Where the event begins that is at hand, or {@link #NONE}. */
  int start = NONE;

  private int from;
  private int to;

  /**
   * Looks on for the next event.
   *
   * @param limit the end of what has come
   * @param ended whether that is all
   */
  abstract Found next(byte[] bytes, int limit, boolean ended);

  /** Gives up the event at hand, which is too long. */
  abstract void giveUp();

  /** Where the event begins that was found last. */
  int from() {
    return from;
  }

  /** Where the event ends that was found last. */
  int to() {
    return to;
  }

  /** What stands before this is not needed any more. */
  int needed() {
    return start == NONE ? at : start;
  }

  /** Says that so much was taken from the buffer's beginning. */
  void shift(int by) {
    at -= by;
    start = start == NONE ? NONE : start - by;
  }

  /** The event at hand ends here; another one may begin here, too. */
  final Found hand(Found what, int end, int nextStart) {
    from = start;
    to = end;
    start = nextStart;
    return what;
  }
}

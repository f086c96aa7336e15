package io.github.sweepwatch.detect.internal;

/**
 * The bookkeeping word of a source: its latest tick (31 bits), three slacks (8 bits each), the
 * evidence against it (5), its rank at eviction (2), and two flags. A slack is how many contacts of
 * a kind must still be new, or come back from outside a window, before a rule over them can speak.
 * Thread-safe; wait-free.
 */
final class Meta {
  /** Ranks: sources near a threshold, and those with an open incident, are evicted last. */
  static final int RANK_ORDINARY = 0;

  /** From half a threshold on. */
  static final int RANK_NEAR = 1;

  /** An incident is open. */
  static final int RANK_OPEN = 2;

  /** The greatest slack that can be kept. */
  static final int MAX_SLACK = 0xff;

  /** Evidence halves each time this many ticks pass without a new contact. */
  static final int HALF_LIFE = 15;

  private static final int INTERNAL = 1;
  private static final int PROFILE = 1 << 1;
  private static final int RANK_SHIFT = 2;
  private static final int EVIDENCE_SHIFT = 4;
  private static final int MAX_EVIDENCE = 0x1f;
  private static final int FAILED_SHIFT = 9;
  private static final int ANY_SHIFT = 17;
  private static final int SENSITIVE_SHIFT = 25;
  private static final int TICK_SHIFT = 33;
  private static final long SLACKS = (1L << TICK_SHIFT) - (1L << FAILED_SHIFT);

  private Meta() {}

  static long tick(long meta) {
    return meta >>> TICK_SHIFT;
  }

  static boolean internal(long meta) {
    return (meta & INTERNAL) != 0;
  }

  static boolean hasProfile(long meta) {
    return (meta & PROFILE) != 0;
  }

  static int rank(long meta) {
    return (int) (meta >>> RANK_SHIFT) & 3;
  }

  /** The word of a source that is let in at a tick, after so many sightings. */
  static long admitted(int sightings, long tick) {
    return (tick << TICK_SHIFT) | ((long) Math.min(sightings, MAX_EVIDENCE) << EVIDENCE_SHIFT);
  }

  /** The evidence as of a tick. */
  static int evidence(long meta, long now) {
    long halvings = Math.max(0, now - tick(meta)) / HALF_LIFE;
    int evidence = (int) (meta >>> EVIDENCE_SHIFT) & MAX_EVIDENCE;
    return halvings > 5 ? 0 : evidence >>> halvings;
  }

  /** What is evicted first has the lowest order: by rank, then evidence, then the longest quiet. */
  static long order(long meta, long now) {
    return (long) rank(meta) << 40 | (long) evidence(meta, now) << 32 | tick(meta);
  }

  /** The word after an event; a source that changes sides loses its slack. */
  static long at(long meta, long tick, boolean inside) {
    long result = meta;
    if (tick > tick(meta)) {
      int evidence = evidence(meta, tick);
      result &= (1L << TICK_SHIFT) - 1 & ~((long) MAX_EVIDENCE << EVIDENCE_SHIFT);
      result |= tick << TICK_SHIFT | (long) evidence << EVIDENCE_SHIFT;
    }
    if (inside != internal(meta)) {
      result = withoutSlack(result) ^ INTERNAL;
    }
    return result;
  }

  /** The word after a contact that may raise a count. */
  static long spend(long meta, boolean sensitive, boolean failed) {
    long result = meta;
    int evidence = (int) (meta >>> EVIDENCE_SHIFT) & MAX_EVIDENCE;
    if (evidence < MAX_EVIDENCE) {
      result += 1L << EVIDENCE_SHIFT;
    }
    result = spend(result, ANY_SHIFT);
    result = sensitive ? spend(result, SENSITIVE_SHIFT) : result;
    return failed ? spend(result, FAILED_SHIFT) : result;
  }

  private static long spend(long meta, int shift) {
    return slack(meta, shift) == 0 ? meta : meta - (1L << shift);
  }

  /** Whether a contact of this kind may make a rule speak. */
  static boolean spent(long meta, boolean sensitive, boolean failed) {
    return slack(meta, ANY_SHIFT) == 0
        || (sensitive && slack(meta, SENSITIVE_SHIFT) == 0)
        || (failed && slack(meta, FAILED_SHIFT) == 0);
  }

  private static int slack(long meta, int shift) {
    return (int) (meta >>> shift) & MAX_SLACK;
  }

  static long withSlack(long meta, Slack slack) {
    return withoutSlack(meta)
        | (long) slack.sensitive() << SENSITIVE_SHIFT
        | (long) slack.any() << ANY_SHIFT
        | (long) slack.failed() << FAILED_SHIFT;
  }

  static long withoutSlack(long meta) {
    return meta & ~SLACKS;
  }

  static long withRank(long meta, int rank) {
    return (meta & ~(3L << RANK_SHIFT)) | ((long) rank << RANK_SHIFT);
  }

  static long withProfile(long meta) {
    return meta | PROFILE;
  }
}

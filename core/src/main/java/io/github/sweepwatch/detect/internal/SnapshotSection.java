package io.github.sweepwatch.detect.internal;

import org.jspecify.annotations.Nullable;

/**
 * The sections of a snapshot: what they are called in the stream, and the newest version of each
 * that is known. What is called by {@value #OPTIONAL} or more may be passed over by who does not
 * know it; without all others a detector would not go on as before, so they must be known.
 */
enum SnapshotSection {
  /** What the detector was made with; always the first. */
  SETTINGS(1),
  /** The slots that are, or were, in use. */
  SLOTS(2),
  /** What one source has beyond its slot, evidence apart. */
  PROFILE(3),
  /** The evidence against one source, its incidents among it. */
  DOSSIER(4),
  /** What several sources ask of one service or one host. */
  SHARED(5),
  /** The order in which evidence, sketches and incidents came. */
  QUEUES(6),
  /** Who was sighted lately. */
  ADMISSION(7),
  /** Which services have answered. */
  ANSWERED(8),
  /** Which hosts inside were asked in vain. */
  IN_VAIN(9),
  /** The credible time, whether the way out works, and what is due when. */
  MOMENT(10),
  /** What {@code stats()} tells. */
  COUNTERS(11),
  /** Always the last; the seal follows. */
  END(12);

  /** The lowest name of what may be passed over. */
  static final int OPTIONAL = 0x8000;

  /** The version of all of them so far. */
  static final int VERSION = 2;

  private static final SnapshotSection[] ALL = values();

  private final int code;

  SnapshotSection(int code) {
    this.code = code;
  }

  /** What it is called in the stream. */
  int code() {
    return code;
  }

  /** Whether it may come next: all are there once, but for what each source may have. */
  boolean mayFollow(SnapshotSection before) {
    return code - before.code == 1
        || (before.code >= SLOTS.code && code > before.code && code <= QUEUES.code)
        || (this == before && code >= PROFILE.code && code <= SHARED.code);
  }

  /** The section of a name, or null where it is unknown. */
  static @Nullable SnapshotSection of(int code) {
    return code >= 1 && code <= ALL.length ? ALL[code - 1] : null;
  }
}

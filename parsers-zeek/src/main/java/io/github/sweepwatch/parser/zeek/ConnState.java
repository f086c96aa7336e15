package io.github.sweepwatch.parser.zeek;

import io.github.sweepwatch.text.PackedText;

/** The values of {@code conn_state}, the common ones first. */
enum ConnState {
  SF,
  S0,
  REJ,
  OTH,
  RSTO,
  RSTR,
  S1,
  S2,
  S3,
  SH,
  SHR,
  RSTRH,
  RSTOS0,
  /** Unset, or a state that Zeek's documentation does not have. */
  NONE;

  private static final ConnState[] STATES = values();
  private final long packed = PackedText.of(name());

  static ConnState of(byte[] bytes, int from, int to) {
    long wanted = PackedText.of(bytes, from, to);
    for (ConnState state : STATES) {
      if (state.packed == wanted && state != NONE) {
        return state;
      }
    }
    return NONE;
  }
}

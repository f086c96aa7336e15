package io.github.sweepwatch.detect.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Registers as the serialised {@code HllSketch} of Apache DataSketches, type HLL_8, with as many
 * registers as a {@link CouponMatrix} has rows. Thread-safe: a pure function.
 *
 * <p>The image is for merging elsewhere. Its own estimate has a relative standard error of 1.039 /
 * √256 = 6.5 %, and since ranks end at {@value CouponMatrix#RANKS} it reads too little above about
 * a million items: 19 % at ten million.
 */
final class HllImage {
  private static final int LG_REGISTERS = Integer.numberOfTrailingZeros(CouponMatrix.ROWS);
  private static final int SERIAL_VERSION = 1;
  private static final int FAMILY_HLL = 7;
  private static final int TYPE_HLL_8 = 2 << 2;
  private static final int MODE_LIST = 0;
  private static final int MODE_HLL = 2;
  private static final int FLAG_EMPTY = 4;
  private static final int FLAG_COMPACT = 8;
  private static final int FLAG_OUT_OF_ORDER = 16;

  private HllImage() {}

  /** The image of registers; that of an empty sketch if all are 0. */
  static byte[] of(byte[] registers) {
    // Two sums, since together they might exceed a double's precision: of 2^-v for v < 32, and ≥
    // 32.
    double low = 0;
    double high = 0;
    int zeros = 0;
    for (byte register : registers) {
      double term = Math.scalb(1.0, -register);
      if (register < 32) {
        low += term;
      } else {
        high += term;
      }
      zeros += register == 0 ? 1 : 0;
    }
    if (zeros == registers.length) {
      byte[] image = new byte[8];
      head(image, 2, FLAG_EMPTY | FLAG_COMPACT, MODE_LIST);
      return image;
    }
    byte[] image = new byte[40 + registers.length];
    ByteBuffer rest = head(image, 10, FLAG_COMPACT | FLAG_OUT_OF_ORDER, MODE_HLL);
    rest.putDouble(0.0); // The count by history, which registers alone do not have.
    rest.putDouble(low);
    rest.putDouble(high);
    rest.putInt(zeros);
    rest.putInt(0); // No exceptions: those are for narrower registers.
    rest.put(registers);
    return image;
  }

  /** Writes the first eight bytes; returns what comes after. */
  private static ByteBuffer head(byte[] image, int longs, int flags, int mode) {
    return ByteBuffer.wrap(image)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) longs)
        .put((byte) SERIAL_VERSION)
        .put((byte) FAMILY_HLL)
        .put((byte) LG_REGISTERS)
        .put((byte) 0)
        .put((byte) flags)
        .put((byte) 0)
        .put((byte) (mode | TYPE_HLL_8));
  }
}

package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.Dimension;
import io.github.sweepwatch.event.ConnectionEvent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;

/** What DataSketches makes of items. */
public final class SketchOracle {
  private SketchOracle() {}

  /** An empty sketch of the size of our matrix. */
  public static HllSketch sketch() {
    return new HllSketch(8, TgtHllType.HLL_8);
  }

  /** What an event adds to a dimension in a detector with a key. */
  public static long item(long keyHigh, long keyLow, Dimension dimension, ConnectionEvent event) {
    AddressHash hash = new AddressHash(keyHigh, keyLow);
    int host = hash.hostCode(event.destinationHigh(), event.destinationLow());
    int service = Service.of(event);
    return switch (dimension) {
      case HOSTS -> host;
      case SERVICES -> service;
      case PAIRS -> ((long) host << 18) | service;
    };
  }

  /** The registers of a sketch, values capped at the ranks that we have. */
  public static byte[] registers(HllSketch sketch) {
    byte[] registers = new byte[CouponMatrix.ROWS];
    ByteBuffer image = ByteBuffer.wrap(sketch.toCompactByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    int mode = image.get(7) & 3;
    if (mode == 2) {
      image.get(40, registers);
    } else {
      // A list of coupons or a set of them: six bits of value over 26 of address.
      int number = mode == 0 ? image.get(6) : image.getInt(8);
      for (int i = 0; i < number; i++) {
        int coupon = image.getInt((mode == 0 ? 8 : 12) + 4 * i);
        int row = coupon & 0xff;
        registers[row] = (byte) Math.max(registers[row], coupon >>> 26);
      }
    }
    for (int row = 0; row < registers.length; row++) {
      registers[row] = (byte) Math.min(registers[row], CouponMatrix.RANKS);
    }
    return registers;
  }
}

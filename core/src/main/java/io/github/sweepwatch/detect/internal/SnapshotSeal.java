package io.github.sweepwatch.detect.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a snapshot with the detector's secret key: HMAC-SHA-256 (RFC 2104) over all of its bytes.
 * Whoever does not know the key can neither make a snapshot nor change one. Not thread-safe.
 */
final class SnapshotSeal {
  /** How long a seal is. */
  static final int BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  SnapshotSeal(AddressHash hash) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(hash.sealKey(), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** A number by which the key is known again, and from which it cannot be told. */
  static long checkValue(AddressHash hash) {
    SnapshotSeal seal = new SnapshotSeal(hash);
    byte[] purpose = "sweepwatch snapshot key".getBytes(StandardCharsets.US_ASCII);
    seal.add(purpose, 0, purpose.length);
    return ByteBuffer.wrap(seal.value()).getLong();
  }

  void add(byte[] bytes, int from, int number) {
    mac.update(bytes, from, number);
  }

  /** The seal of all bytes so far. To be called once. */
  byte[] value() {
    return mac.doFinal();
  }
}

package io.github.sweepwatch.output;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs made from names: version 5 of RFC 9562, section 5.5. The same name gives the same UUID. */
final class NameUuid {
  /** Names that are URLs, from RFC 9562, section 6.6. */
  static final UUID URL_SPACE = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

  /** Names that are given here. */
  static final UUID PRODUCT_SPACE = of(URL_SPACE, Product.URL);

  private NameUuid() {}

  static UUID of(UUID space, String name) {
    MessageDigest sha1;
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
    sha1.update(
        ByteBuffer.allocate(16)
            .putLong(space.getMostSignificantBits())
            .putLong(space.getLeastSignificantBits())
            .flip());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xf000L) | 0x5000L;
    long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | Long.MIN_VALUE;
    return new UUID(high, low);
  }
}

package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.ScanType;
import io.github.sweepwatch.event.ConnectionEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names incidents after the event that opened them: the first 64 bits of SHA-256 over source,
 * destination, service, time and the type at opening. Two incidents of one event differ in type.
 * Thread-safe.
 */
final class IncidentId {
  private IncidentId() {}

  static String of(ConnectionEvent event, ScanType type) {
    ByteBuffer name = ByteBuffer.allocate(6 * Long.BYTES);
    name.putLong(event.sourceHigh()).putLong(event.sourceLow());
    name.putLong(event.destinationHigh()).putLong(event.destinationLow());
    name.putLong(Service.of(event)).putLong(event.timeMicros());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(name.array());
      byte[] digest = sha.digest(type.name().getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest, 0, Long.BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

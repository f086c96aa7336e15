package io.github.sweepwatch.parser.firewall.record;

/** Makes keys for {@link OpenSessions} of what a decoder read. Thread-safe. */
public final class SessionKeys {
  private SessionKeys() {}

  /**
   * Adds a connection's endpoints and protocol to a key.
   *
   * @param key what else tells it from others
   * @param decoder holds the endpoints
   * @return the key
   */
  public static long endpoints(long key, ConnectionDecoder decoder) {
    long mixed = OpenSessions.mix(key, decoder.source().high() ^ decoder.protocol());
    mixed = OpenSessions.mix(mixed, decoder.source().low());
    mixed = OpenSessions.mix(mixed, decoder.destination().high());
    mixed = OpenSessions.mix(mixed, decoder.destination().low());
    return OpenSessions.mix(
        mixed, (long) decoder.sourcePort() << 32 | (decoder.destinationPort() & 0xffff_ffffL));
  }
}

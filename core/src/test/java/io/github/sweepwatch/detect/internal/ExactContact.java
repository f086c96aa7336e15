package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.IpAddress;

/**
 * One service of one host, as touched by one source with one kind of outcome: a success and a
 * failure are two contacts. Not thread-safe.
 */
final class ExactContact {
  private final IpAddress host;
  private final int service;
  private final boolean failed;
  private long latestMicros;

  ExactContact(IpAddress host, int service, boolean failed, long micros) {
    this.host = host;
    this.service = service;
    this.failed = failed;
    latestMicros = micros;
  }

  IpAddress host() {
    return host;
  }

  int service() {
    return service;
  }

  boolean failed() {
    return failed;
  }

  /** The latest event time at which it was touched. */
  long latestMicros() {
    return latestMicros;
  }

  /** Notes another touch; says whether that moves the contact to a later tick. */
  boolean touch(long micros) {
    long before = latestMicros;
    latestMicros = Math.max(before, micros);
    return Tick.of(latestMicros) != Tick.of(before);
  }
}

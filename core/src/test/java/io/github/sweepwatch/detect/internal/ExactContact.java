package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.event.IpAddress;

/**
 * One service of one host, as touched by one source with one kind of outcome: a success and a
 * failure are two contacts. Not thread-safe.
 */
final class ExactContact {
  /** How a contact ended, as far as an event tells. */
  enum Outcome {
    ANSWERED,
    FAILED,
    UNKNOWN
  }

  private final IpAddress host;
  private final int service;
  private final Outcome outcome;
  private long latestMicros;

  ExactContact(IpAddress host, int service, boolean failed, long micros) {
    this(host, service, failed ? Outcome.FAILED : Outcome.ANSWERED, micros);
  }

  ExactContact(IpAddress host, int service, Outcome outcome, long micros) {
    this.host = host;
    this.service = service;
    this.outcome = outcome;
    latestMicros = micros;
  }

  IpAddress host() {
    return host;
  }

  int service() {
    return service;
  }

  boolean failed() {
    return outcome == Outcome.FAILED;
  }

  boolean answered() {
    return outcome == Outcome.ANSWERED;
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

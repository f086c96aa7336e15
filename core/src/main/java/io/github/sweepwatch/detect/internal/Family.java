package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.CountRule.Measure;

/** What a scan spreads over. Of each family a source has one incident open at most. */
enum Family {
  /** Hosts: horizontal scans and ping sweeps. */
  HOSTS,
  /** Services: vertical scans. */
  SERVICES,
  /** Both; takes in whatever else the source does. */
  BOTH;

  static Family of(Measure measure) {
    return switch (measure) {
      case HOSTS_ON_SERVICE -> HOSTS;
      case SERVICES_ON_HOST -> SERVICES;
      case PAIRS, HOSTS, CONNECTIONS -> BOTH;
    };
  }
}

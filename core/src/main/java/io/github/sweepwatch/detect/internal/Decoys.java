package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.Reason;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The latest vertical incidents, to find the one that another source's scan of the same host
 * belongs to: a scanner may borrow addresses, its decoys, and send each probe once for each. Which
 * of the sources is the scanner, no log of connections can tell.
 *
 * <p>Thread-safe; wait-free. Holds the last {@value #LATEST}: with more scans at once than that,
 * some decoys get incidents of their own.
 */
final class Decoys {
  private static final int LATEST = 64;

  private final long timeMicros;
  private final AtomicReferenceArray<Incident> incidents = new AtomicReferenceArray<>(LATEST);
  private final AtomicInteger next = new AtomicInteger();

  /**
   * None yet.
   *
   * @param timeMicros how far apart the openings of what belongs together may lie; 0 for none
   */
  Decoys(long timeMicros) {
    this.timeMicros = timeMicros;
  }

  /**
   * What an incident of several sources says of them.
   *
   * @param sources how many there are
   * @param seconds within how many they were found
   */
  static Reason reason(int sources, int seconds) {
    return new Reason("possibly-spoofed", sources, 2, seconds);
  }

  /** Writes the ids of those that are open, each in its place. */
  void write(SnapshotOutput out) throws IOException {
    out.putInt(next.get());
    for (int i = 0; i < LATEST; i++) {
      Incident incident = incidents.get(i);
      out.putText(incident == null || !incident.isOpen() ? "" : incident.id());
    }
  }

  /** Reads where there are none yet. */
  void read(SnapshotInput in, Function<String, @Nullable Incident> byId) throws IOException {
    next.set(in.anyInt());
    for (int i = 0; i < LATEST; i++) {
      String id = in.text();
      incidents.set(i, id.isEmpty() ? null : byId.apply(id));
    }
  }

  /** Remembers an incident that others may belong to. */
  void add(Incident incident) {
    if (timeMicros > 0) {
      incidents.set(Math.floorMod(next.getAndIncrement(), LATEST), incident);
    }
  }

  /**
   * The incident that a scan of a host belongs to: open, of another source, begun at about the same
   * time, and over at least half of the same services. The source is added to it.
   *
   * @param host the host's code
   * @param source the source's dossier
   * @param detectedAt when the scan was detected
   * @param begun when the first of its contacts came: by then the incident must not be over
   * @param words its contacts, key << 16 | age in ticks
   * @param number how many
   * @return the incident, or null
   */
  @Nullable Incident leader(
      int host, Dossier source, long detectedAt, long begun, long[] words, int number) {
    for (int i = 0; i < LATEST && timeMicros > 0; i++) {
      Incident incident = incidents.get(i);
      if (incident != null
          && incident.isOpen()
          && incident.company() == Incident.Company.DECOYS
          && incident.shape().family() == Family.SERVICES
          && incident.shape().coversHost(host)
          && incident.dossier().key() != source.key()
          && Math.abs(detectedAt - incident.detectedAt()) <= timeMicros
          && incident.lastSeen() >= begun
          && share(incident, words, number)
          && incident.accompany(source.source())) {
        return incident;
      }
    }
    return null;
  }

  private static boolean share(Incident incident, long[] words, int number) {
    int shared = 0;
    for (int i = 0; i < number; i++) {
      int service = ContactKey.service(words[i] >>> ContactKey.STAMP_BITS);
      shared += incident.touched(service) ? 1 : 0;
    }
    return shared * 2 >= number && number > 0;
  }
}

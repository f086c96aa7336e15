package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a snapshot is taken of and restored into: an engine's parts, and what it was made with. The
 * parts are shared, not copied.
 *
 * @param policy the rules and times
 * @param networks what is inside
 * @param memoryBudget bytes for all that grows
 * @param hash hashes addresses
 * @param rules the policy's rules
 * @param plan the views of dense profiles
 * @param table the slots
 * @param filter who was sighted
 * @param known what is known of services
 * @param objects pays for profiles
 * @param sketches pays for dense ones
 * @param evidence pays for dossiers and incidents
 * @param dossiers in the order of coming, with some that have left
 * @param denseProfiles in the order of coming, with some that have left
 * @param open incidents in the order of opening, with some that have ended
 * @param decoys the latest vertical incidents
 * @param joint scans that sources share out
 * @param events counts what was observed
 * @param opened counts incidents
 * @param ended counts incidents
 * @param others further counters
 */
record EngineParts(
    DetectionPolicy policy,
    LocalNetworks networks,
    long memoryBudget,
    AddressHash hash,
    RuleBook rules,
    DensePlan plan,
    ContactTable table,
    SightingFilter filter,
    KnownServices known,
    ByteBudget objects,
    ByteBudget sketches,
    ByteBudget evidence,
    ConcurrentLinkedQueue<Dossier> dossiers,
    ConcurrentLinkedQueue<Profile> denseProfiles,
    ConcurrentLinkedQueue<Incident> open,
    Decoys decoys,
    JointScans joint,
    LongAdder events,
    LongAdder opened,
    LongAdder ended,
    List<LongAdder> others) {
  /** How many texts of events a snapshot may hold, in bytes; as much again is for the policy's. */
  long textBytes() {
    return memoryBudget / 32;
  }

  /** The greatest length of a queue in a snapshot. */
  int queueLength() {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, 1_024 + memoryBudget / 256));
  }
}

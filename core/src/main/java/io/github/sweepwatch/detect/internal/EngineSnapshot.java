package io.github.sweepwatch.detect.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes a snapshot of an engine: all that its future depends on, word for word and in its place, so
 * that one restored from it does what this one does, down to whom it forgets when memory is short.
 *
 * <p>Others may observe meanwhile. Nobody waits for anybody; so what they bring may be in it in
 * part. Each word is one that was there; of a source that comes, leaves or grows meanwhile there is
 * the former state, the latter, or nothing. What is told of an incident and what is kept of it may
 * be apart by what came at that moment. The snapshot then says that there was movement, and who
 * restores it counts all sources again on their next contact.
 */
final class EngineSnapshot {
  /** In the place of what has left a queue. */
  static final int GONE = -1;

  /** Ends a queue. */
  static final int END = -2;

  private final DetectionEngine engine;
  private final EngineParts parts;
  private final SnapshotOutput out;

  EngineSnapshot(DetectionEngine engine, EngineParts parts, OutputStream stream)
      throws IOException {
    this.engine = engine;
    this.parts = parts;
    out = new SnapshotOutput(stream, new SnapshotSeal(parts.hash()), parts.textBytes());
  }

  void write() throws IOException {
    long before = movement();
    out.begin(SnapshotSection.SETTINGS);
    out.putLong(SnapshotSeal.checkValue(parts.hash()));
    out.putLong(PolicyFingerprint.of(parts.policy()));
    out.putLong(PolicyFingerprint.of(parts.networks()));
    out.putLong(parts.memoryBudget());
    out.putInt(parts.table().slots());
    out.end();
    out.begin(SnapshotSection.SLOTS);
    parts.table().write(out);
    out.end();
    writeProfiles();
    writeDossiers();
    writeShared();
    out.begin(SnapshotSection.QUEUES);
    writeQueues();
    out.end();
    out.begin(SnapshotSection.ADMISSION);
    parts.filter().write(out);
    out.end();
    out.begin(SnapshotSection.ANSWERED);
    parts.known().writeAnswered(out);
    out.end();
    out.begin(SnapshotSection.IN_VAIN);
    parts.known().writeInVain(out);
    out.end();
    out.begin(SnapshotSection.MOMENT);
    engine.writeMoment(out);
    out.end();
    out.begin(SnapshotSection.COUNTERS);
    // Ended before opened: never more of them.
    long ended = parts.ended().sum();
    out.putLong(parts.events().sum());
    out.putLong(parts.opened().sum());
    out.putLong(ended);
    for (LongAdder counter : parts.others()) {
      out.putLong(counter.sum());
    }
    out.end();
    out.begin(SnapshotSection.END);
    out.putFlag(movement() != before);
    out.end();
    out.close();
  }

  private long movement() {
    return parts.events().sum() + parts.ended().sum();
  }

  private void writeProfiles() throws IOException {
    ContactTable table = parts.table();
    for (int slot = 0; slot < table.slots(); slot++) {
      Profile profile = table.profile(slot);
      if (profile != null) {
        out.begin(SnapshotSection.PROFILE);
        out.putInt(slot);
        out.putLong(profile.key());
        profile.write(out);
        out.end();
      }
    }
  }

  private void writeDossiers() throws IOException {
    ContactTable table = parts.table();
    for (int slot = 0; slot < table.slots(); slot++) {
      Profile profile = table.profile(slot);
      Dossier dossier = profile == null ? null : profile.dossier();
      if (profile != null && dossier != null && !dossier.dropped()) {
        out.begin(SnapshotSection.DOSSIER);
        out.putInt(slot);
        out.putLong(profile.key());
        dossier.write(out);
        out.end();
      }
    }
  }

  private void writeShared() throws IOException {
    for (int place = 0; place < parts.joint().places(); place++) {
      SharedTarget target = parts.joint().at(place);
      if (target != null) {
        out.begin(SnapshotSection.SHARED);
        out.putInt(place);
        target.write(out);
        out.end();
      }
    }
  }

  private void writeQueues() throws IOException {
    int left = parts.queueLength();
    for (Dossier dossier : parts.dossiers()) {
      int slot = parts.table().find(dossier.key());
      Profile profile = slot == ContactTable.NONE ? null : parts.table().profile(slot);
      left = write(profile != null && profile.dossier() == dossier ? slot : GONE, left);
    }
    out.putInt(END);
    left = parts.queueLength();
    for (Profile profile : parts.denseProfiles()) {
      int slot = parts.table().find(profile.key());
      boolean here = slot != ContactTable.NONE && parts.table().profile(slot) == profile;
      left = write(here && profile.dense() != null ? slot : GONE, left);
    }
    out.putInt(END);
    for (Incident incident : parts.open()) {
      if (incident.isOpen()) {
        out.putText(incident.id());
      }
    }
    out.putText("");
    parts.decoys().write(out);
  }

  private int write(int slot, int left) throws IOException {
    if (left > 0) {
      out.putInt(slot);
    }
    return left - 1;
  }
}

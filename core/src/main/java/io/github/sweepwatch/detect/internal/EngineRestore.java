package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.SnapshotException;
import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import io.github.sweepwatch.event.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link EngineSnapshot} wrote, into an engine without any past that nobody else knows
 * yet. Whatever is refused leaves that engine half filled: it is to be thrown away.
 *
 * <p>A snapshot that was taken while others observed may name things twice, or things that had left
 * when their turn came; there may even be more than fits the budget. Such things are left out, and
 * the next contact of each source makes all of its contacts be counted.
 */
final class EngineRestore {
  private static final IpAddress NOBODY = new IpAddress(0, 0);

  private final DetectionEngine engine;
  private final EngineParts parts;
  private final Consumer<Profile> drop;
  private final SnapshotInput in;
  // In the order of slots; what a queue has named is taken out.
  private final Map<Integer, Dossier> dossiers = new LinkedHashMap<>();
  private final Map<Integer, Profile> denseProfiles = new LinkedHashMap<>();
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final Map<Incident, String> leaders = new LinkedHashMap<>();
  // Something was left out; there was no room for it.
  private boolean odd;
  private boolean overflow;

  /**
   * A reader of a snapshot.
   *
   * @param engine the engine, in its first state
   * @param parts its parts
   * @param drop gives back what a profile takes
   * @param stream the snapshot
   */
  EngineRestore(
      DetectionEngine engine, EngineParts parts, Consumer<Profile> drop, InputStream stream)
      throws IOException {
    this.engine = engine;
    this.parts = parts;
    this.drop = drop;
    in = new SnapshotInput(stream, new SnapshotSeal(parts.hash()), 2 * parts.textBytes());
  }

  void read() throws IOException {
    SnapshotSection section = in.next();
    SnapshotInput.check(section == SnapshotSection.SETTINGS, "it does not start with its settings");
    readSettings();
    while (section != SnapshotSection.END) {
      SnapshotSection before = section;
      section = in.next();
      SnapshotInput.check(section.mayFollow(before), "its sections are out of order");
      read(section);
    }
    in.close();
  }

  private void read(SnapshotSection section) throws IOException {
    switch (section) {
      case SLOTS -> readSlots();
      case PROFILE -> readProfile();
      case DOSSIER -> readDossier();
      case SHARED -> readShared();
      case QUEUES -> readQueues();
      case ADMISSION -> parts.filter().read(in);
      case ANSWERED -> parts.known().readAnswered(in);
      case IN_VAIN -> parts.known().readInVain(in);
      case MOMENT -> engine.readMoment(in);
      case COUNTERS -> readCounters();
      case END -> settle(in.flag());
      case SETTINGS -> throw new SnapshotException("it has settings twice");
    }
    in.end();
  }

  private void readSettings() throws IOException {
    SnapshotInput.check(
        in.anyLong() == SnapshotSeal.checkValue(parts.hash()), "made with another secret key");
    SnapshotInput.check(
        in.anyLong() == PolicyFingerprint.of(parts.policy()), "made under another policy");
    SnapshotInput.check(
        in.anyLong() == PolicyFingerprint.of(parts.networks()), "made with other local networks");
    long memory = in.anyLong();
    SnapshotInput.check(
        memory == parts.memoryBudget(),
        "made with a memory budget of " + memory + " bytes, not " + parts.memoryBudget());
    int slots = in.anyInt();
    SnapshotInput.check(
        slots == parts.table().slots(),
        "made with a table of " + slots + " sources, not " + parts.table().slots());
    in.end();
  }

  private void readSlots() throws IOException {
    ContactTable table = parts.table();
    table.read(in);
    for (int slot = 0; slot < table.slots(); slot++) {
      long meta = table.meta(slot);
      if (Meta.rank(meta) > Meta.RANK_NEAR) {
        // Until its incidents come.
        table.replaceMeta(slot, meta, Meta.withRank(meta, Meta.RANK_NEAR));
      }
    }
  }

  private void readProfile() throws IOException {
    ContactTable table = parts.table();
    int slot = in.number(0, table.slots() - 1);
    long key = in.anyLong();
    if (table.key(slot) != key || key >>> 2 == 0 || table.profile(slot) != null) {
      leaveOut();
      return;
    }
    Profile profile = new Profile(key);
    try {
      in.pay(parts.objects(), Profile.BYTES);
    } catch (NoRoom e) {
      overflow = true;
      leaveOut();
      return;
    }
    try {
      int window = parts.rules().connectionWindow();
      profile.read(in, parts.objects(), parts.sketches(), parts.plan(), window);
    } catch (NoRoom e) {
      drop.accept(profile);
      overflow = true;
      leaveOut();
      return;
    }
    table.replaceProfile(slot, null, profile);
    long meta = table.meta(slot);
    table.replaceMeta(slot, meta, Meta.withProfile(meta));
    if (profile.dense() != null) {
      denseProfiles.put(slot, profile);
    }
  }

  private void readDossier() throws IOException {
    ContactTable table = parts.table();
    int slot = in.number(0, table.slots() - 1);
    long key = in.anyLong();
    Profile profile = table.profile(slot);
    if (profile == null || profile.key() != key || profile.dossier() != null) {
      leaveOut();
      return;
    }
    Dossier.Restored restored;
    try {
      restored = Dossier.read(in, key, engine::readIncident, parts.evidence());
    } catch (NoRoom e) {
      overflow = true;
      leaveOut();
      return;
    }
    Dossier dossier = restored.dossier();
    profile.putDossier(dossier);
    dossiers.put(slot, dossier);
    for (Incident.Restored each : restored.open()) {
      know(each);
    }
    if (!restored.open().isEmpty()) {
      long meta = table.meta(slot);
      table.replaceMeta(slot, meta, Meta.withRank(meta, Meta.RANK_OPEN));
    }
  }

  private void readShared() throws IOException {
    int place = in.number(0, parts.joint().places() - 1);
    SharedTarget target = SharedTarget.read(in);
    parts.joint().put(place, target);
    try {
      Incident.Restored open = target.readIncident(in, engine::readIncident, this::gone);
      if (open != null) {
        know(open);
      }
    } catch (NoRoom e) {
      overflow = true;
      leaveOut();
    }
  }

  private void know(Incident.Restored open) throws SnapshotException {
    Incident incident = open.incident();
    SnapshotInput.check(
        incidents.put(incident.id(), incident) == null, "two incidents have one name");
    if (!open.leader().isEmpty()) {
      leaders.put(incident, open.leader());
    }
  }

  private Incident gone(Dossier dossier, long lastSeen) {
    return engine.goneIncident("", dossier, lastSeen);
  }

  private void leaveOut() throws IOException {
    odd = true;
    in.skip();
  }

  private void readQueues() throws IOException {
    Dossier droppedDossier = new Dossier(0, NOBODY, 0);
    droppedDossier.drop();
    readQueue(dossiers, parts.dossiers(), droppedDossier);
    readQueue(denseProfiles, parts.denseProfiles(), new Profile(0));
    leaders.forEach(
        (incident, id) -> {
          Incident leader = incidents.get(id);
          incident.follow(
              leader == null
                  ? engine.goneIncident(id, incident.dossier(), incident.lastSeen())
                  : leader);
        });
    Map<String, Incident> byId = new HashMap<>(incidents);
    for (String id = in.text(); !id.isEmpty(); id = in.text()) {
      add(parts.open(), incidents.remove(id));
    }
    parts.open().addAll(incidents.values());
    parts.decoys().read(in, byId::get);
  }

  /** Fills a queue in the order that the snapshot names; what it does not name comes last. */
  private <T> void readQueue(Map<Integer, T> members, Queue<T> queue, T gone) throws IOException {
    int left = parts.queueLength();
    for (int slot = in.anyInt(); slot != EngineSnapshot.END; slot = in.anyInt()) {
      SnapshotInput.check(left-- > 0, "a queue is too long");
      add(queue, slot == EngineSnapshot.GONE ? gone : members.remove(slot));
    }
    if (!members.isEmpty()) {
      odd = true;
    }
    queue.addAll(members.values());
  }

  private <T> void add(Queue<T> queue, @Nullable T member) {
    if (member == null) {
      odd = true;
    } else {
      queue.add(member);
    }
  }

  private void readCounters() throws IOException {
    long events = in.count();
    long opened = in.count();
    long ended = in.count();
    long open = parts.open().stream().filter(incident -> incident.leader() == null).count();
    if (opened - ended != open) {
      odd = true;
    }
    parts.events().add(events);
    parts.opened().add(ended + open);
    parts.ended().add(ended);
    for (LongAdder counter : parts.others()) {
      counter.add(in.count());
    }
  }

  private void settle(boolean moved) throws IOException {
    SnapshotInput.check(moved || !overflow, "it takes more than the memory budget");
    if (moved || odd) {
      engine.countAllAgain();
    }
  }
}

package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.internal.SnapshotInput.NoRoom;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a source beyond its slot: a block of further contacts, and, where they are
 * needed, sketches, evidence, and counts of connections. It names its source, so that whoever holds
 * it across an eviction can tell. It is its block rather than having one: most sources that have a
 * profile have nothing else in it, and each object on the way to a contact is one more wait for
 * memory. Thread-safe; lock-free.
 *
 * <p>Each part is put in by one compare-and-set and taken out by one, so that exactly one thread
 * gives back what it takes of the budget. Whoever puts one in looks afterwards whether the slot
 * still is its source's, and takes it out again if not.
 */
final class Profile extends ContactBlock {
  /** What the object takes of the budget; its block is empty. */
  static final long BYTES = 40;

  private static final VarHandle DENSE;
  private static final VarHandle DOSSIER;
  private static final VarHandle CONNECTIONS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      DENSE = lookup.findVarHandle(Profile.class, "dense", DenseProfile.class);
      DOSSIER = lookup.findVarHandle(Profile.class, "dossier", Dossier.class);
      CONNECTIONS = lookup.findVarHandle(Profile.class, "connections", ConnectionCounts.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long key;
  private volatile @Nullable DenseProfile dense;
  private volatile @Nullable Dossier dossier;
  private volatile @Nullable ConnectionCounts connections;

  Profile(long key) {
    this.key = key;
  }

  /** The source's hash. */
  long key() {
    return key;
  }

  @Nullable DenseProfile dense() {
    return dense;
  }

  boolean putDense(DenseProfile value) {
    return DENSE.compareAndSet(this, null, value);
  }

  boolean takeDense(DenseProfile value) {
    return DENSE.compareAndSet(this, value, null);
  }

  @Nullable Dossier dossier() {
    return dossier;
  }

  boolean putDossier(Dossier value) {
    return DOSSIER.compareAndSet(this, null, value);
  }

  boolean takeDossier(Dossier value) {
    return DOSSIER.compareAndSet(this, value, null);
  }

  @Nullable ConnectionCounts connections() {
    return connections;
  }

  boolean putConnections(ConnectionCounts value) {
    return CONNECTIONS.compareAndSet(this, null, value);
  }

  /** Reads a profile that has nothing yet, and is itself paid for; see {@link #write}. */
  void read(
      SnapshotInput in,
      ByteBudget objects,
      ByteBudget sketches,
      DensePlan plan,
      int connectionWindow)
      throws IOException, NoRoom {
    if (in.flag()) {
      readSealed(in);
      in.pay(sketches, DenseProfile.bytes(plan));
      DenseProfile fresh = new DenseProfile(plan, sketches);
      dense = fresh;
      fresh.read(in);
    } else {
      read(in, objects, 1L << 48);
    }
    if (in.flag()) {
      in.pay(objects, ConnectionCounts.BYTES);
      ConnectionCounts fresh = new ConnectionCounts(connectionWindow);
      connections = fresh;
      fresh.read(in, objects);
    }
  }

  /** Writes all but the key and the dossier. */
  @Override
  void write(SnapshotOutput out) throws IOException {
    DenseProfile sketches = dense;
    ConnectionCounts counts = connections;
    out.putFlag(sketches != null);
    super.write(out);
    if (sketches != null) {
      sketches.write(out);
    }
    out.putFlag(counts != null);
    if (counts != null) {
      counts.write(out);
    }
  }

  boolean takeConnections(ConnectionCounts value) {
    return CONNECTIONS.compareAndSet(this, value, null);
  }
}

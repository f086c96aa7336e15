package io.github.sweepwatch.detect.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What is kept of a source beyond its slot: a block of further contacts. It names its source, so
 * that whoever holds it across an eviction can tell. Thread-safe; lock-free.
 */
final class Profile {
  /** What the object itself takes of the budget. */
  static final long BYTES = 32;

  private static final VarHandle BLOCK;

  static {
    try {
      BLOCK = MethodHandles.lookup().findVarHandle(Profile.class, "block", ContactBlock.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long key;
  private volatile ContactBlock block = new ContactBlock();

  Profile(long key) {
    this.key = key;
  }

  /** The source's hash. */
  long key() {
    return key;
  }

  ContactBlock block() {
    return block;
  }

  /** Puts another block in the place of a sealed one. */
  boolean replaceBlock(ContactBlock sealed, ContactBlock fresh) {
    return BLOCK.compareAndSet(this, sealed, fresh);
  }
}

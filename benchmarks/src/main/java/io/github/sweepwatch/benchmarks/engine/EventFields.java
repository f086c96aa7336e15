package io.github.sweepwatch.benchmarks.engine;

import io.github.sweepwatch.event.ConnectionEvent;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;

/**
 * Writes into events that were made before. A benchmark goes over its events again and again, and
 * each time they have to be later than before; making new ones would measure their making, and
 * their garbage, too. No one else may hold the event.
 */
final class EventFields {
  private static final MethodHandle TIME = setter("timeMicros");
  private static final MethodHandle SOURCE_HIGH = setter("sourceHigh");
  private static final MethodHandle SOURCE_LOW = setter("sourceLow");

  private EventFields() {}

  /** Moves an event in time. */
  static void time(ConnectionEvent event, long micros) {
    try {
      TIME.invokeExact(event, micros);
    } catch (Throwable e) {
      throw new LinkageError("cannot set the time", e);
    }
  }

  /** Gives an event another source. */
  static void source(ConnectionEvent event, long high, long low) {
    try {
      SOURCE_HIGH.invokeExact(event, high);
      SOURCE_LOW.invokeExact(event, low);
    } catch (Throwable e) {
      throw new LinkageError("cannot set the source", e);
    }
  }

  private static MethodHandle setter(String name) {
    try {
      Field field = ConnectionEvent.class.getDeclaredField(name);
      field.setAccessible(true);
      return MethodHandles.lookup().unreflectSetter(field);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

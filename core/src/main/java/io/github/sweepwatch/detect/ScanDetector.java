package io.github.sweepwatch.detect;

import io.github.sweepwatch.detect.internal.DetectionEngine;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds scans in a stream of connection events and reports them to a listener.
 *
 * <p>Thread-safe. All methods are blocking: they share one lock, which is not held while the
 * listener runs, so a listener may call the detector. No method throws on account of what events
 * say; the detector starts no threads and reads no clock.
 *
 * <p>Time is event time. Events may come out of order: a window ends at its source's latest event,
 * and those behind it count where they belong. Events that lie further back than the policy's
 * allowed lateness, measured from the greatest time that three distinct sources have reached, are
 * counted as late and otherwise passed over; so are, until confirmed, those more than 24 hours
 * ahead of it. With fewer than three sources there is no such time, and nothing is late.
 */
public final class ScanDetector implements Consumer<ConnectionEvent> {
  /** The default memory budget in bytes. */
  public static final long DEFAULT_MEMORY_BUDGET = 256L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(ScanDetector.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final LongAdder listenerFailures = new LongAdder();
  private final AlertListener listener;
  private final DetectionEngine engine;
  private List<ScanAlert> pending = new ArrayList<>();

  private ScanDetector(Builder builder) {
    listener = builder.listener;
    engine =
        new DetectionEngine(
            builder.policy,
            builder.localNetworks,
            builder.memoryBudget,
            alert -> pending.add(alert));
  }

  /**
   * A builder with the default policy.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Takes an event. Alerts that it causes reach the listener before this returns.
   *
   * @param event the event
   */
  public void observe(ConnectionEvent event) {
    Objects.requireNonNull(event, "event");
    run(() -> engine.observe(event));
  }

  /**
   * Takes several events in order, as if one by one; alerts reach the listener after the last.
   *
   * @param batch the events
   */
  public void observe(List<ConnectionEvent> batch) {
    List<ConnectionEvent> events = List.copyOf(batch);
    run(() -> events.forEach(engine::observe));
  }

  /** The same as {@link #observe(ConnectionEvent)}, for use as a consumer. */
  @Override
  public void accept(ConnectionEvent event) {
    observe(event);
  }

  /**
   * Moves time forward without an event, so that idle incidents end in a quiet stream. Never moves
   * it back.
   *
   * @param timeMicros microseconds since 1970-01-01T00:00:00Z; a time that the caller vouches for,
   *     since events from before it may become late
   */
  public void advanceTo(long timeMicros) {
    run(() -> engine.advanceTo(timeMicros));
  }

  /** Ends all open incidents. What comes after opens new ones. */
  public void finish() {
    run(engine::finish);
  }

  /**
   * What is known of a source, and what each rule counts for it. Takes time in proportion to the
   * number of sources kept, and to this source's contacts.
   *
   * @param source the source
   * @return the report, or empty where nothing is known of the source
   */
  public Optional<SourceReport> inspect(IpAddress source) {
    lock.lock();
    try {
      return Optional.ofNullable(engine.inspect(source));
    } finally {
      lock.unlock();
    }
  }

  /**
   * The sources that are closest to an alert. Takes time in proportion to all contacts.
   *
   * @param n how many at most, 0 or more
   * @return reports, the closest first
   * @throws IllegalArgumentException if n is negative
   */
  public List<SourceReport> top(int n) {
    lock.lock();
    try {
      return engine.top(n);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The detector's counters.
   *
   * @return a consistent snapshot
   */
  public DetectorStats stats() {
    lock.lock();
    try {
      return engine.stats(listenerFailures.sum());
    } finally {
      lock.unlock();
    }
  }

  private void run(Runnable work) {
    List<ScanAlert> alerts;
    lock.lock();
    try {
      work.run();
      if (pending.isEmpty()) {
        return;
      }
      alerts = pending;
      pending = new ArrayList<>();
    } finally {
      lock.unlock();
    }
    alerts.forEach(this::notifyListener);
  }

  private void notifyListener(ScanAlert alert) {
    try {
      listener.alert(alert);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      listenerFailures.increment();
      LOG.warn("the alert listener failed on {}", alert, e);
    }
  }

  /** Collects the parts of a detector. Not thread-safe. */
  public static final class Builder {
    private DetectionPolicy policy = DetectionPolicy.defaults();
    private LocalNetworks localNetworks = LocalNetworks.PRIVATE;
    private long memoryBudget = DEFAULT_MEMORY_BUDGET;
    private AlertListener listener = alert -> {};

    private Builder() {}

    /**
     * Sets the policy; {@link DetectionPolicy#defaults} unless set.
     *
     * @param value the policy
     * @return this
     */
    public Builder policy(DetectionPolicy value) {
      policy = Objects.requireNonNull(value, "policy");
      return this;
    }

    /**
     * Sets the memory for what grows with traffic; {@link #DEFAULT_MEMORY_BUDGET} unless set. When
     * it is used up, the sources that were quiet longest are forgotten, and {@link
     * DetectorStats#degraded} says so. The bound is on an estimate of the heap in use.
     *
     * @param bytes 1 MiB or more
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public Builder memoryBudget(long bytes) {
      if (bytes < 1 << 20) {
        throw new IllegalArgumentException("memory budget below 1 MiB: " + bytes);
      }
      memoryBudget = bytes;
      return this;
    }

    /**
     * Sets the networks that are inside where events do not say; {@link LocalNetworks#PRIVATE}
     * unless set.
     *
     * @param networks the networks
     * @return this
     */
    public Builder localNetworks(LocalNetworks networks) {
      localNetworks = Objects.requireNonNull(networks, "networks");
      return this;
    }

    /**
     * Sets what takes the alerts; nothing does unless set.
     *
     * @param value the listener
     * @return this
     */
    public Builder onAlert(AlertListener value) {
      listener = Objects.requireNonNull(value, "listener");
      return this;
    }

    /**
     * Makes the detector.
     *
     * @return a new detector
     */
    public ScanDetector build() {
      return new ScanDetector(this);
    }
  }
}

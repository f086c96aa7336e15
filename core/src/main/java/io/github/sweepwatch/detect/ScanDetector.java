package io.github.sweepwatch.detect;

import io.github.sweepwatch.detect.internal.DetectionEngine;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds scans in a stream of connection events and reports them to a listener.
 *
 * <p>Thread-safe, and lock-free: threads that bring events of different sources share no word that
 * each of them writes, and none waits for another. Reads ({@link #inspect}, {@link #top}, {@link
 * #stats}, {@link #sketch}) are relaxed: while others write they are no snapshot. The listener runs
 * on the thread whose event caused the alert; it may call the detector. No method throws on account
 * of what events say; the detector starts no threads and reads no clock.
 *
 * <p>Time is event time, in ticks of two seconds. Events may come out of order: a window ends at
 * its source's latest event, and those behind it count where they belong. Events that lie further
 * back than the policy's allowed lateness, measured from the greatest time that three distinct
 * sources have reached, are counted as late and otherwise passed over; so are, until confirmed,
 * those more than 24 hours ahead of it. With fewer than three sources there is no such time, and
 * nothing is late.
 *
 * <p>What a source touched is exact for 128 contacts in 24 hours: distinct hosts and services, over
 * all and on each other, up to hosts that share a code of 28 bits (one in 33,000 sources of 128
 * hosts has two). Of sources with more, each count above 128 is an estimate with a relative
 * standard error of 4.1 %. Memory is bounded: see {@link Builder#memoryBudget}.
 */
public final class ScanDetector implements Consumer<ConnectionEvent> {
  /** The default memory budget in bytes. */
  public static final long DEFAULT_MEMORY_BUDGET = 64L << 20;

  /** Counts of hosts, services and pairs are exact up to this one, beyond it they are estimates. */
  public static final int EXACT_COUNT = 128;

  private static final Logger LOG = LoggerFactory.getLogger(ScanDetector.class);

  private final LongAdder listenerFailures = new LongAdder();
  private final AlertListener listener;
  private final DetectionEngine engine;
  private final boolean keyGiven;

  private ScanDetector(Builder builder, @Nullable InputStream snapshot) throws IOException {
    listener = builder.listener;
    SecureRandom random = new SecureRandom();
    keyGiven = builder.keyGiven;
    engine =
        new DetectionEngine(
            builder.policy,
            builder.localNetworks,
            builder.memoryBudget,
            keyGiven ? builder.keyHigh : random.nextLong(),
            keyGiven ? builder.keyLow : random.nextLong(),
            this::notifyListener);
    if (snapshot != null) {
      engine.restore(snapshot);
    }
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
   * Takes an event. Alerts that it causes reach the listener before this returns. Lock-free.
   *
   * @param event the event
   */
  public void observe(ConnectionEvent event) {
    engine.observe(Objects.requireNonNull(event, "event"));
  }

  /**
   * Takes several events in order, with the same results as one by one; faster where there are many
   * sources, since waits for memory overlap. The list must not change meanwhile. Lock-free.
   *
   * @param batch the events, none of them null
   */
  public void observe(List<ConnectionEvent> batch) {
    engine.observe(batch);
  }

  /** The same as {@link #observe(ConnectionEvent)}, for use as a consumer. */
  @Override
  public void accept(ConnectionEvent event) {
    observe(event);
  }

  /**
   * Moves time forward without an event, so that idle incidents end in a quiet stream. Never moves
   * it back. Lock-free.
   *
   * @param timeMicros microseconds since 1970-01-01T00:00:00Z; a time that the caller vouches for,
   *     since events from before it may become late
   */
  public void advanceTo(long timeMicros) {
    engine.advanceTo(timeMicros);
  }

  /**
   * Ends all open incidents. What comes after opens new ones. Lock-free; incidents that other
   * threads open meanwhile may stay open.
   */
  public void finish() {
    engine.finish();
  }

  /**
   * What is known of a source, and what each rule counts for it. Wait-free; takes time in
   * proportion to what is kept of the source.
   *
   * @param source the source
   * @return the report, or empty where nothing is known of the source
   */
  public Optional<SourceReport> inspect(IpAddress source) {
    return Optional.ofNullable(engine.inspect(source));
  }

  /**
   * What each rule counts of an event's source now, on the event's service, on its destination, or
   * over all that the source does: the figure that is held against the limit, without the hosts
   * that the rule leaves out, and 0 where a minimum is missed. The greatest of them, event by
   * event, is the limit up to which the rule would have spoken, as long as no incident is open.
   * Wait-free; takes time in proportion to what is kept of the source.
   *
   * @param event an event that has been {@linkplain #observe(ConnectionEvent) observed}
   * @return each rule's count and its limit for the source's side, in the order of the policy's
   *     rules; empty where an entry of the policy covers the event, or nothing is known of the
   *     source
   */
  public List<Reason> counts(ConnectionEvent event) {
    return engine.counts(event);
  }

  /**
   * The sources that are closest to an alert, among those that came half way to a threshold: of
   * others no address is kept. Wait-free; takes time in proportion to their number.
   *
   * @param n how many at most, 0 or more
   * @return reports, the closest first
   * @throws IllegalArgumentException if n is negative
   */
  public List<SourceReport> top(int n) {
    if (n < 0) {
      throw new IllegalArgumentException("a negative number of sources: " + n);
    }
    return engine.top(n);
  }

  /**
   * The distinct things that a source touched, as the image of an {@code HllSketch} of Apache
   * DataSketches (type HLL_8, 256 registers), for merging with those of other detectors that have
   * the same {@link Builder#secretKey}: {@code Union} counts a thing once that several saw. The
   * registers are those of a sketch that was fed the window's items, keyed hashes, with values
   * capped at 16. An estimate by DataSketches has a relative standard error of 6.5 %, and by the
   * cap reads too little above about a million: 19 % at ten million. Wait-free.
   *
   * @param source the source
   * @param dimension what is counted
   * @param failedOnly whether only failed contacts count
   * @param window up to 24 hours, rounded up to 2 s; it ends at the source's latest event
   * @return the image; of an empty sketch where nothing is known of the source
   * @throws IllegalArgumentException if the window is not positive or too long
   */
  public byte[] sketch(IpAddress source, Dimension dimension, boolean failedOnly, Duration window) {
    if (window.isNegative() || window.isZero() || window.compareTo(CountRule.MAX_WINDOW) > 0) {
      throw new IllegalArgumentException("window not within 24 hours: " + window);
    }
    long tickMillis = 2_000;
    return engine.sketch(
        source, dimension, failedOnly, (int) ((window.toMillis() + tickMillis - 1) / tickMillis));
  }

  /**
   * The detector's counters. Wait-free; takes time in proportion to the memory budget.
   *
   * @return the counters; no snapshot while other threads write
   */
  public DetectorStats stats() {
    return engine.stats(listenerFailures.sum());
  }

  /**
   * Writes all that this detector knows, so that {@link Builder#restore} makes one that goes on
   * where this one is: the same counts and incidents, and from then on the same alerts, whatever
   * comes. Failures of listeners are not counted on. Takes memory in proportion to the incidents
   * that are open, and time in proportion to what is known.
   *
   * <p>Lock-free; nobody waits. While others observe it is no snapshot of one moment: what they
   * bring meanwhile is in it in whole, in part, or not at all, and an incident that is being opened
   * may be opened again by who restores it, under another name. What they brought before is in it.
   *
   * @param out takes it, in many small writes, and is flushed; it stays open
   * @throws IOException if the stream throws
   * @throws IllegalStateException if this detector's key is random: none with the same could be
   *     made
   */
  public void snapshot(OutputStream out) throws IOException {
    checkKey(keyGiven);
    engine.snapshot(out);
  }

  private static void checkKey(boolean given) {
    if (!given) {
      throw new IllegalStateException("a snapshot needs a secret key that is set, not random");
    }
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
    private boolean keyGiven;
    private long keyHigh;
    private long keyLow;

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
     * Sets the memory for what grows with traffic; {@link #DEFAULT_MEMORY_BUDGET} unless set. It is
     * a hard bound. Half of it is taken at once, for one source in 91 bytes at three quarters full,
     * and an eighth to remember newcomers and what the network's services answer; three eighths are
     * for what sources need beyond six contacts, of which sketches and evidence may take three
     * eighths each. When there is no room, those go first that have the least evidence against
     * them, halved for every 30 s of quiet; sources half way to a threshold, and those with an open
     * incident, go last; and {@link DetectorStats#degraded} says so.
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
     * Sets the key that addresses are hashed with; random unless set. Detectors with the same key
     * can merge their sketches, and give the same alerts on the same input. Whoever knows it can
     * choose addresses that collide.
     *
     * @param high 64 bits
     * @param low 64 more
     * @return this
     */
    public Builder secretKey(long high, long low) {
      keyGiven = true;
      keyHigh = high;
      keyLow = low;
      return this;
    }

    /**
     * Makes the detector.
     *
     * @return a new detector
     */
    public ScanDetector build() {
      try {
        return new ScanDetector(this, null);
      } catch (IOException e) {
        throw new IllegalStateException("nothing was read", e);
      }
    }

    /**
     * Makes a detector that goes on where another was. This builder must have been given the same
     * policy, memory budget, local networks and secret key as that one's; the listener may be
     * another, and hears nothing of what was told before.
     *
     * <p>A snapshot is sealed with the secret key: who does not know it can neither make nor change
     * one. But where the key is known to all, as that of the command line, anybody can; even then
     * no more memory is taken than the budget, and no call of the detector fails.
     *
     * @param in what {@link ScanDetector#snapshot} wrote; read up to its end and no further, in
     *     many small reads; it stays open
     * @return a new detector
     * @throws SnapshotException if it is damaged or does not fit, with the reason
     * @throws IOException if the stream throws
     * @throws IllegalStateException if no secret key is set
     */
    public ScanDetector restore(InputStream in) throws IOException {
      checkKey(keyGiven);
      return new ScanDetector(this, Objects.requireNonNull(in, "in"));
    }
  }
}

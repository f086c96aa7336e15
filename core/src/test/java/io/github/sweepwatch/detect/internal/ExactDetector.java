package io.github.sweepwatch.detect.internal;

import io.github.sweepwatch.detect.AlertListener;
import io.github.sweepwatch.detect.DetectionPolicy;
import io.github.sweepwatch.detect.DetectorStats;
import io.github.sweepwatch.detect.ScanAlert;
import io.github.sweepwatch.detect.SourceReport;
import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.IpAddress;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The oracle of the detector: hash maps behind one lock, nothing sketched, nothing evicted. Alerts
 * reach the listener after the call's work is done, outside the lock. Thread-safe.
 */
public final class ExactDetector {
  private final AlertListener listener;
  private final ExactEngine engine;
  private List<ScanAlert> pending = new ArrayList<>();

  public ExactDetector(
      DetectionPolicy policy, LocalNetworks localNetworks, AlertListener listener) {
    this.listener = listener;
    engine = new ExactEngine(policy, localNetworks, Long.MAX_VALUE, alert -> pending.add(alert));
  }

  public void observe(ConnectionEvent event) {
    run(() -> engine.observe(event));
  }

  public void advanceTo(long timeMicros) {
    run(() -> engine.advanceTo(timeMicros));
  }

  public void finish() {
    run(engine::finish);
  }

  public synchronized Optional<SourceReport> inspect(IpAddress source) {
    return Optional.ofNullable(engine.inspect(source));
  }

  public synchronized List<SourceReport> top(int n) {
    return engine.top(n);
  }

  public synchronized DetectorStats stats() {
    return engine.stats(0);
  }

  private void run(Runnable work) {
    List<ScanAlert> alerts;
    synchronized (this) {
      work.run();
      alerts = pending;
      pending = new ArrayList<>();
    }
    alerts.forEach(listener::alert);
  }
}

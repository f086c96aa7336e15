package io.github.sweepwatch.detect;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.LocalNetworks;
import java.util.List;
import java.util.function.Consumer;

/** Skeleton. */
public final class ScanDetector implements Consumer<ConnectionEvent> {
  private ScanDetector() {}

  public static Builder builder() {
    return new Builder();
  }

  public void observe(ConnectionEvent event) {}

  public void observe(List<ConnectionEvent> batch) {}

  @Override
  public void accept(ConnectionEvent event) {
    observe(event);
  }

  public void advanceTo(long timeMicros) {}

  public void finish() {}

  public DetectorStats stats() {
    return new DetectorStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
  }

  public static final class Builder {
    public Builder policy(DetectionPolicy policy) {
      return this;
    }

    public Builder memoryBudget(long bytes) {
      return this;
    }

    public Builder localNetworks(LocalNetworks networks) {
      return this;
    }

    public Builder onAlert(AlertListener listener) {
      return this;
    }

    public ScanDetector build() {
      return new ScanDetector();
    }
  }
}

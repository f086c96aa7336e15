package io.github.sweepwatch.detect;

/** Skeleton. */
public final class DetectionPolicy {
  private DetectionPolicy() {}

  public static DetectionPolicy defaults() {
    return new DetectionPolicy();
  }

  public static DetectionPolicy spl() {
    return new DetectionPolicy();
  }
}

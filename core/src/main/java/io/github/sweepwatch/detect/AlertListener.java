package io.github.sweepwatch.detect;

/**
 * Takes alerts. It runs on the thread that observed the event which caused the alert, outside the
 * detector's own critical section, so it may call the detector again. It should be quick: the
 * caller waits. What it throws is logged and counted, never rethrown.
 *
 * <p>Alerts of one incident carry consecutive numbers ({@link ScanAlert#seq}); with several
 * observing threads they may arrive in another order.
 */
@FunctionalInterface
public interface AlertListener {
  /**
   * Takes an alert.
   *
   * @param alert an incident that was opened, updated or ended
   */
  void alert(ScanAlert alert);
}

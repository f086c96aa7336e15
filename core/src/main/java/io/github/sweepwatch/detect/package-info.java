/**
 * Scan detection: {@link io.github.sweepwatch.detect.ScanDetector} takes connection events from any
 * thread and hands {@link io.github.sweepwatch.detect.ScanAlert}s to an {@link
 * io.github.sweepwatch.detect.AlertListener}, by the rules of a {@link
 * io.github.sweepwatch.detect.DetectionPolicy}.
 *
 * <p>Time is event time: nothing here reads a clock.
 */
@NullMarked
package io.github.sweepwatch.detect;

import org.jspecify.annotations.NullMarked;

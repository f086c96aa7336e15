/**
 * What makes of an alert an answer: {@link io.github.sweepwatch.triage.Triage} stands between the
 * detector and whoever takes its alerts, and joins what assets, logons and notices say of a scan's
 * source.
 */
@NullMarked
package io.github.sweepwatch.triage;

import org.jspecify.annotations.NullMarked;

/**
 * What an alert answers beyond the scan itself: who it is, what it was after, whether it got in,
 * and what else was said of the same source. Immutable values, made by triage and read by outputs.
 *
 * <p>Strings come from logs, and so perhaps from the attacker: whoever writes them escapes them.
 */
@NullMarked
package io.github.sweepwatch.explain;

import org.jspecify.annotations.NullMarked;

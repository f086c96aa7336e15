package io.github.sweepwatch.detect;

/**
 * One rule that spoke for an alert: what was counted, and where the limit lies.
 *
 * @param rule the rule's name, such as {@code horizontal-failed}
 * @param count what was counted in the window
 * @param threshold the count from which the rule speaks
 * @param windowSeconds the window's length
 */
public record Reason(String rule, long count, long threshold, long windowSeconds) {}

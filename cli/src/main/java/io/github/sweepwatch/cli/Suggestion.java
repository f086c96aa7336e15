package io.github.sweepwatch.cli;

import io.github.sweepwatch.detect.DetectionPolicy;

/**
 * A policy with the suggested thresholds, and what they would have done.
 *
 * @param policy the policy
 * @param present how many sources reached a threshold of the present policy, each day's anew
 * @param suggested the same for the suggested thresholds
 * @param kept whether {@code suggested} is within what was asked for
 */
record Suggestion(DetectionPolicy policy, long present, long suggested, boolean kept) {}

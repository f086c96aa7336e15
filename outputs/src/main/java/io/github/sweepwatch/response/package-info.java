/**
 * From an alert to an answer: files for people to review. Nothing here acts.
 *
 * <p>Start at {@link io.github.sweepwatch.response.ResponsePlanner}, which decides whom to answer
 * and says why the others are left out; a {@link io.github.sweepwatch.response.ResponseTarget}
 * makes of its plan the file for a firewall, a sensor or another tool, and the file that takes it
 * back.
 */
@NullMarked
package io.github.sweepwatch.response;

import org.jspecify.annotations.NullMarked;

/** What helps people judge alerts. */
@NullMarked
package io.github.sweepwatch.triage;

import org.jspecify.annotations.NullMarked;

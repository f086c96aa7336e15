/** JMH benchmarks, each with a peer beside it in the same run. */
@NullMarked
package io.github.sweepwatch.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Measures the engine behind the detector, with peers: what counts distinct hosts, ports and pairs
 * a source, or runs the same rule.
 */
@NullMarked
package io.github.sweepwatch.benchmarks.engine;

import org.jspecify.annotations.NullMarked;

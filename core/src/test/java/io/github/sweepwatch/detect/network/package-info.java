/** Generated networks with labels, and what the detector makes of them. */
@NullMarked
package io.github.sweepwatch.detect.network;

import org.jspecify.annotations.NullMarked;

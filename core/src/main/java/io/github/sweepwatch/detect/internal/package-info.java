/** The engine behind the detector. Not API: it changes without notice. */
@NullMarked
package io.github.sweepwatch.detect.internal;

import org.jspecify.annotations.NullMarked;

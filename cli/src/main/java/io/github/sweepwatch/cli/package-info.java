/** The {@code sweepwatch} command. */
@NullMarked
package io.github.sweepwatch.cli;

import org.jspecify.annotations.NullMarked;

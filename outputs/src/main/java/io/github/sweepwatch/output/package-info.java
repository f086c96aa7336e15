/**
 * Writing alerts in the formats that other tools read.
 *
 * <p>Start at {@link io.github.sweepwatch.output.EncoderCatalog}; a format is an {@link
 * io.github.sweepwatch.output.AlertEncoder}.
 */
@NullMarked
package io.github.sweepwatch.output;

import org.jspecify.annotations.NullMarked;

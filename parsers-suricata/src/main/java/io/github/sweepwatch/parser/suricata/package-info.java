/** Suricata EVE records. */
@NullMarked
package io.github.sweepwatch.parser.suricata;

import org.jspecify.annotations.NullMarked;

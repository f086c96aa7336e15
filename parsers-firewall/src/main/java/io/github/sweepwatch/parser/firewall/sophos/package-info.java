/** Sophos. */
@NullMarked
package io.github.sweepwatch.parser.firewall.sophos;

import org.jspecify.annotations.NullMarked;

/** Check Point's firewall log. */
@NullMarked
package io.github.sweepwatch.parser.firewall.checkpoint;

import org.jspecify.annotations.NullMarked;

/** The packet filter of pfSense and OPNsense. */
@NullMarked
package io.github.sweepwatch.parser.firewall.pf;

import org.jspecify.annotations.NullMarked;

/** Juniper's SRX. */
@NullMarked
package io.github.sweepwatch.parser.firewall.srx;

import org.jspecify.annotations.NullMarked;

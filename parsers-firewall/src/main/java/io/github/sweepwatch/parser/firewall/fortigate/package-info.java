/** FortiGate's traffic log. */
@NullMarked
package io.github.sweepwatch.parser.firewall.fortigate;

import org.jspecify.annotations.NullMarked;

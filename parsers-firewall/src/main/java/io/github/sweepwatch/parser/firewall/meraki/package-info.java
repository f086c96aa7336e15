/** Cisco Meraki. */
@NullMarked
package io.github.sweepwatch.parser.firewall.meraki;

import org.jspecify.annotations.NullMarked;

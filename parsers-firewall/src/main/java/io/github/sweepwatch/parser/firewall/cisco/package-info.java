/** Cisco's firewalls and routers: ASA, FTD, PIX, FWSM, and the access lists of IOS. */
@NullMarked
package io.github.sweepwatch.parser.firewall.cisco;

import org.jspecify.annotations.NullMarked;

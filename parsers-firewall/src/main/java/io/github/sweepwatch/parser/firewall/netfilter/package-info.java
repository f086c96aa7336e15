/** Linux's packet filter: iptables, nftables, ufw, UniFi, Proxmox, ulogd. */
@NullMarked
package io.github.sweepwatch.parser.firewall.netfilter;

import org.jspecify.annotations.NullMarked;

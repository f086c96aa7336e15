/** Palo Alto Networks firewalls' traffic log. */
@NullMarked
package io.github.sweepwatch.parser.firewall.paloalto;

import org.jspecify.annotations.NullMarked;

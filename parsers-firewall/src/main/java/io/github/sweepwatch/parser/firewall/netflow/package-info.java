/** NetFlow and IPFIX as text and JSON. */
@NullMarked
package io.github.sweepwatch.parser.firewall.netflow;

import org.jspecify.annotations.NullMarked;

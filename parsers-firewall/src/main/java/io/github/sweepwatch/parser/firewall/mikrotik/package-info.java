/** MikroTik RouterOS. */
@NullMarked
package io.github.sweepwatch.parser.firewall.mikrotik;

import org.jspecify.annotations.NullMarked;

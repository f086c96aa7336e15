/** Azure's flow logs of network security groups and virtual networks. */
@NullMarked
package io.github.sweepwatch.parser.firewall.azure;

import org.jspecify.annotations.NullMarked;

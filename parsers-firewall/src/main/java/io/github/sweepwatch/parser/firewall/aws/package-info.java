/** AWS VPC flow logs. */
@NullMarked
package io.github.sweepwatch.parser.firewall.aws;

import org.jspecify.annotations.NullMarked;

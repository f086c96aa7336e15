/** Google Cloud's VPC flow and firewall rule logs. */
@NullMarked
package io.github.sweepwatch.parser.firewall.gcp;

import org.jspecify.annotations.NullMarked;

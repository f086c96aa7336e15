/** Firewall and flow logs, one small class a format. */
@NullMarked
package io.github.sweepwatch.parser.firewall;

import org.jspecify.annotations.NullMarked;

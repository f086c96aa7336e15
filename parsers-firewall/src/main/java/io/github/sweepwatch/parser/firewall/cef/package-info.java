/** Connections in ArcSight's Common Event Format and IBM's Log Event Extended Format. */
@NullMarked
package io.github.sweepwatch.parser.firewall.cef;

import org.jspecify.annotations.NullMarked;

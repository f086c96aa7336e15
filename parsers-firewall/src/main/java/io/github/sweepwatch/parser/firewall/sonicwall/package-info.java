/** SonicWall. */
@NullMarked
package io.github.sweepwatch.parser.firewall.sonicwall;

import org.jspecify.annotations.NullMarked;

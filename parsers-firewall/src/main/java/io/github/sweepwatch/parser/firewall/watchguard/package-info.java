/** WatchGuard. */
@NullMarked
package io.github.sweepwatch.parser.firewall.watchguard;

import org.jspecify.annotations.NullMarked;

/** The firewall of Windows. */
@NullMarked
package io.github.sweepwatch.parser.firewall.windows;

import org.jspecify.annotations.NullMarked;

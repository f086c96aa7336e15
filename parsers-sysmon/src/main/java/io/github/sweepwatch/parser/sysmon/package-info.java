/** Sysmon and Windows events, in the wrappers they travel in. */
@NullMarked
package io.github.sweepwatch.parser.sysmon;

import org.jspecify.annotations.NullMarked;

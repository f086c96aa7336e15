/**
 * What the firewall and flow formats share: where the fields of a record stand, what they are
 * called, and how they become an event. For the parsers of this module; no API.
 */
@NullMarked
package io.github.sweepwatch.parser.firewall.record;

import org.jspecify.annotations.NullMarked;

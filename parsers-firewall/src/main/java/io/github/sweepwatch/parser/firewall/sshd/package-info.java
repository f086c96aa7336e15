/** Logons over SSH. */
@NullMarked
package io.github.sweepwatch.parser.firewall.sshd;

import org.jspecify.annotations.NullMarked;

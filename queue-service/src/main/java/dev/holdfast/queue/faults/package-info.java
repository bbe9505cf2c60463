/** Faults on purpose, for teaching and testing: off unless configured, and never where credentials are. */
@NullMarked
package dev.holdfast.queue.faults;

import org.jspecify.annotations.NullMarked;

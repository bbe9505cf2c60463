/** The ledger of a queue: every message that came, and the named door through which it left. */
@NullMarked
package dev.holdfast.queue.ledger;

import org.jspecify.annotations.NullMarked;

/** The operator's API: look at messages without receiving them, the ledger, the events, what is durable. */
@NullMarked
package dev.holdfast.queue.inspect;

import org.jspecify.annotations.NullMarked;

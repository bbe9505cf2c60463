/** From the outbox to the queue: batches in flight, retries, and what is known about the queue. */
@NullMarked
package dev.holdfast.producer.sending;

import org.jspecify.annotations.NullMarked;

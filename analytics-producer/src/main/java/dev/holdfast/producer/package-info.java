/** Sends simulated product pricing events to an SQS queue, exactly once in effect: {@code Generating} writes them into the outbox, {@code Sending} takes them to the queue. */
@NullMarked
package dev.holdfast.producer;

import org.jspecify.annotations.NullMarked;

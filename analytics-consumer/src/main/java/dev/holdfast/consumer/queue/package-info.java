/** The queue's side: long polls, deletes, visibility. */
@NullMarked
package dev.holdfast.consumer.queue;

import org.jspecify.annotations.NullMarked;

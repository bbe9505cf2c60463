/** Messages: sending, receiving, deleting, their visibility, and the consumers that wait for them. */
@NullMarked
package dev.holdfast.queue.message;

import org.jspecify.annotations.NullMarked;

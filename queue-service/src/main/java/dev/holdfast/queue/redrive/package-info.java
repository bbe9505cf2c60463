/** Dead-letter queues: the policies, the move, and the way back. */
@NullMarked
package dev.holdfast.queue.redrive;

import org.jspecify.annotations.NullMarked;

/** What a FIFO queue knows beyond the order of its groups: who was sent before, and the numbers it gives. */
@NullMarked
package dev.holdfast.queue.fifo;

import org.jspecify.annotations.NullMarked;

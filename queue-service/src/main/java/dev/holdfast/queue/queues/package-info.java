/** Queues: their names, attributes and registry. */
@NullMarked
package dev.holdfast.queue.queues;

import org.jspecify.annotations.NullMarked;

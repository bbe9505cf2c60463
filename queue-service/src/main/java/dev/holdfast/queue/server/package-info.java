/** Start, orderly stop, routes, declared queues, the clocks, and the work that is done once a second. */
@NullMarked
package dev.holdfast.queue.server;

import org.jspecify.annotations.NullMarked;

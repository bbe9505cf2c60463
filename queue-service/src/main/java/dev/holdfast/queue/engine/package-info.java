/** The writer's memory and what happens in it: a queue's messages, deliveries, long polls, dead letters, move tasks, sweeps. */
@NullMarked
package dev.holdfast.queue.engine;

import org.jspecify.annotations.NullMarked;

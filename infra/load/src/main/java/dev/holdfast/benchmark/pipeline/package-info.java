/** Producer and consumer with the queue between them, each a process as a user starts it. */
@NullMarked
package dev.holdfast.benchmark.pipeline;

import org.jspecify.annotations.NullMarked;

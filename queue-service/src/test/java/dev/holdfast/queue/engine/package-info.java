/** The engine in the test's own process, without HTTP, with a clock that the test sets. */
@NullMarked
package dev.holdfast.queue.engine;

import org.jspecify.annotations.NullMarked;

/** What operators and their tools see, asked of the packaged process. */
@NullMarked
package dev.holdfast.queue.inspect;

import org.jspecify.annotations.NullMarked;

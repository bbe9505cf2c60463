/** Price events from the queue, each applied once to a database of its own. Start reading at {@code Consumer}. */
@NullMarked
package dev.holdfast.consumer;

import org.jspecify.annotations.NullMarked;

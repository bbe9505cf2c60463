/** What happens to single messages: the queue's own events as a stream, and all that is known of one message. */
@NullMarked
package dev.holdfast.dashboard.message;

import org.jspecify.annotations.NullMarked;

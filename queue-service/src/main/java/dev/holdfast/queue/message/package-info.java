/** What a message is: its values, ids and attributes, and its rows. */
@NullMarked
package dev.holdfast.queue.message;

import org.jspecify.annotations.NullMarked;

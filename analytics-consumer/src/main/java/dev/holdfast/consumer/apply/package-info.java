/** From messages in hand to one committed transaction. */
@NullMarked
package dev.holdfast.consumer.apply;

import org.jspecify.annotations.NullMarked;

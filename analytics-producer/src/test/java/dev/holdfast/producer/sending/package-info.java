/** Tests. */
@NullMarked
package dev.holdfast.producer.sending;

import org.jspecify.annotations.NullMarked;

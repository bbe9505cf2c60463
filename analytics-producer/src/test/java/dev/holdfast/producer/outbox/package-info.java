/** Tests. */
@NullMarked
package dev.holdfast.producer.outbox;

import org.jspecify.annotations.NullMarked;

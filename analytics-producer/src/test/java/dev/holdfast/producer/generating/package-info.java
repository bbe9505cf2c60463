/** Tests. */
@NullMarked
package dev.holdfast.producer.generating;

import org.jspecify.annotations.NullMarked;

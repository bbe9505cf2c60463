/** Recomputes what is stored and proves that nothing is lost. */
@NullMarked
package dev.holdfast.consumer.verify;

import org.jspecify.annotations.NullMarked;

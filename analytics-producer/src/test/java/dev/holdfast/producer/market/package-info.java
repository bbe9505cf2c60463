/** Tests. */
@NullMarked
package dev.holdfast.producer.market;

import org.jspecify.annotations.NullMarked;

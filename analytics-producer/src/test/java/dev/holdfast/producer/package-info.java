/** Tests. */
@NullMarked
package dev.holdfast.producer;

import org.jspecify.annotations.NullMarked;

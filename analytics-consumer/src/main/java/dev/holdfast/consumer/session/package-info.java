/** Who consumes, since when, and how it ended. */
@NullMarked
package dev.holdfast.consumer.session;

import org.jspecify.annotations.NullMarked;

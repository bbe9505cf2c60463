/** How long to wait before the next attempt. */
@NullMarked
package dev.holdfast.kit.retry;

import org.jspecify.annotations.NullMarked;

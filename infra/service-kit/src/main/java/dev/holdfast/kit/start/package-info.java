/** How a service starts, says why it cannot, and ends. */
@NullMarked
package dev.holdfast.kit.start;

import org.jspecify.annotations.NullMarked;

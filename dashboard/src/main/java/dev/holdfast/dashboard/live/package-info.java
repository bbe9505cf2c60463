/** The Server-Sent Events stream to the browsers. */
@NullMarked
package dev.holdfast.dashboard.live;

import org.jspecify.annotations.NullMarked;

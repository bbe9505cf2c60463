/** One reading a second of every service, made once for all browsers. */
@NullMarked
package dev.holdfast.dashboard.sampling;

import org.jspecify.annotations.NullMarked;

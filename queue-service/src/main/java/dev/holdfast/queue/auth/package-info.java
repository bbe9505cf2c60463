/** Who asks, and what they may do: signatures, credentials, queue policies, and the guard against foreign web pages. */
@NullMarked
package dev.holdfast.queue.auth;

import org.jspecify.annotations.NullMarked;

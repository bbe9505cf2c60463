/** Requests over HTTP: reading a body, dispatching it, answering; who asks, and the guard against foreign web pages. */
@NullMarked
package dev.holdfast.queue.http;

import org.jspecify.annotations.NullMarked;

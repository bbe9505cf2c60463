/** The bounds on what clients may make the server hold: connections, heads and bodies of requests. */
@NullMarked
package dev.holdfast.queue.http.admission;

import org.jspecify.annotations.NullMarked;

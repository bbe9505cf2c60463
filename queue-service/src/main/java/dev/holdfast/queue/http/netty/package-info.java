/** The only code that reaches into Netty and the internals of Vert.x. */
@NullMarked
package dev.holdfast.queue.http.netty;

import org.jspecify.annotations.NullMarked;

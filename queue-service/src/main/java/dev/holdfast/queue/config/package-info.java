/** What an operator can set for the server as a whole. */
@NullMarked
package dev.holdfast.queue.config;

import org.jspecify.annotations.NullMarked;

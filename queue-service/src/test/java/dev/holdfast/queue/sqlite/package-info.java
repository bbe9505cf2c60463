/** Tests of the plumbing. */
@NullMarked
package dev.holdfast.queue.sqlite;

import org.jspecify.annotations.NullMarked;

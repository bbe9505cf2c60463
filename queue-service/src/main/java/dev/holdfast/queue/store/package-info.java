/** A transaction, as everything above the database sees it. */
@NullMarked
package dev.holdfast.queue.store;

import org.jspecify.annotations.NullMarked;

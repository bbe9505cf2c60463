/** What strangers send: wrong, broken, too much, too slowly. */
@NullMarked
package dev.holdfast.queue.hostile;

import org.jspecify.annotations.NullMarked;

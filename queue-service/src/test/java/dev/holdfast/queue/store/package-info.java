@NullMarked
package dev.holdfast.queue.store;

import org.jspecify.annotations.NullMarked;

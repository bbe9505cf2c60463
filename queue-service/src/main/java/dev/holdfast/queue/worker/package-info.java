/** Work that time asks for. */
@NullMarked
package dev.holdfast.queue.worker;

import org.jspecify.annotations.NullMarked;

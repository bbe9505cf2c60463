@NullMarked
package dev.holdfast.queue.wire;

import org.jspecify.annotations.NullMarked;

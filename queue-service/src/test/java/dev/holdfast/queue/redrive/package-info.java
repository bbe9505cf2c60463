@NullMarked
package dev.holdfast.queue.redrive;

import org.jspecify.annotations.NullMarked;

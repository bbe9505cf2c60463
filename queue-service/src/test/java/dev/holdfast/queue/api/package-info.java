@NullMarked
package dev.holdfast.queue.api;

import org.jspecify.annotations.NullMarked;

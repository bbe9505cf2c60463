@NullMarked
package dev.holdfast.queue.http;

import org.jspecify.annotations.NullMarked;

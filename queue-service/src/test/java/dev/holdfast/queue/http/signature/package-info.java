@NullMarked
package dev.holdfast.queue.http.signature;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.holdfast.queue.server;

import org.jspecify.annotations.NullMarked;

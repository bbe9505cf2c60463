@NullMarked
package dev.holdfast.queue.auth;

import org.jspecify.annotations.NullMarked;

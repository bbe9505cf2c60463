@NullMarked
package dev.holdfast.queue.policy;

import org.jspecify.annotations.NullMarked;

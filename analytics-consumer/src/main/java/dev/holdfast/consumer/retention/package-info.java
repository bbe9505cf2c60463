/** The kept window: what is stored singly, and the compaction behind it. */
@NullMarked
package dev.holdfast.consumer.retention;

import org.jspecify.annotations.NullMarked;

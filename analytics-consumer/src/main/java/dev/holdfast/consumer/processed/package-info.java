/** Which events are applied: the kept ones singly, the older ones as ranges of sequences. */
@NullMarked
package dev.holdfast.consumer.processed;

import org.jspecify.annotations.NullMarked;

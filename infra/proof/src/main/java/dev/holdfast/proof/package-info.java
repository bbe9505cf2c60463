/** Whether anything was lost: the evidence of producer, queue and consumer, and the verdict on it. */
@NullMarked
package dev.holdfast.proof;

import org.jspecify.annotations.NullMarked;

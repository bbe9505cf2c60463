/** The engine against a simple model of what Amazon SQS documents, operation by operation. */
@NullMarked
package dev.holdfast.queue.model;

import org.jspecify.annotations.NullMarked;

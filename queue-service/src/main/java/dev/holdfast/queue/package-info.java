/** The SQS-compatible queue server. Start reading at {@code SqsService}. */
@NullMarked
package dev.holdfast.queue;

import org.jspecify.annotations.NullMarked;

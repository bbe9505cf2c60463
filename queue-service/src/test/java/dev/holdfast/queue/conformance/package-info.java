/** What a client of Amazon SQS may rely on, checked through the AWS SDK against the packaged server process. */
@NullMarked
package dev.holdfast.queue.conformance;

import org.jspecify.annotations.NullMarked;

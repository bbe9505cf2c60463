/**
 * Bytes to requests, results to bytes. {@code SqsEndpoint} is the one route; a {@code Protocol} is a value it picks; both
 * protocols bind the same records through {@code RecordReader}, so that no action has a reader or a writer of its own.
 */
@NullMarked
package dev.holdfast.queue.wire;

import org.jspecify.annotations.NullMarked;

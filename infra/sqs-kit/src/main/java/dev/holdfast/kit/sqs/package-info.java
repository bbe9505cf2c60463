/** Clients of an SQS server: whom to trust, how to sign, how to call. */
@NullMarked
package dev.holdfast.kit.sqs;

import org.jspecify.annotations.NullMarked;

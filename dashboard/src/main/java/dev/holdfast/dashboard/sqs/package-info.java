/** The SQS queue and, where the server has it, the operator's API beside it. */
@NullMarked
package dev.holdfast.dashboard.sqs;

import org.jspecify.annotations.NullMarked;

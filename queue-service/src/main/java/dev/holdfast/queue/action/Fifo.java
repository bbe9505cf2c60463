package dev.holdfast.queue.action;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import org.jspecify.annotations.Nullable;

/** What requests may say about groups, duplicates and attempts, and of which queues. */
final class Fifo {
    private Fifo() {}

    /** A MessageGroupId, MessageDeduplicationId or ReceiveRequestAttemptId; null where none is given. */
    static @Nullable String checkedId(String parameter, @Nullable String id) {
        if (id == null) {
            return null;
        }
        boolean legal = !id.isEmpty()
                && id.length() <= Limits.MAX_GROUP_ID_LENGTH
                && id.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!legal) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Value " + Batch.shortened(id) + " for parameter " + parameter
                            + " is invalid. Reason: " + parameter
                            + " can only include alphanumeric and punctuation characters. 1 to 128 in length.");
        }
        return id;
    }

    static SqsException notForThisQueueType(Object value, String parameter) {
        return SqsError.INVALID_PARAMETER_VALUE.because("Value " + value + " for parameter " + parameter
                + " is invalid. Reason: The request include parameter that is not valid for this queue type.");
    }
}

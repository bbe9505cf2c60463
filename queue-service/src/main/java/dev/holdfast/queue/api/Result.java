package dev.holdfast.queue.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an action answers. Components that are null, and lists and maps that are empty, do not appear in the answer.
 */
public sealed interface Result {

    /** The answer of the actions that answer nothing. */
    record Nothing() implements Result {
        public static final Nothing INSTANCE = new Nothing();
    }

    record OfCreateQueue(String queueUrl) implements Result {}

    record OfGetQueueUrl(String queueUrl) implements Result {}

    record OfListQueues(List<String> queueUrls, @Nullable String nextToken) implements Result {}

    record OfGetQueueAttributes(Map<String, String> attributes) implements Result {}

    record OfSendMessage(
            @Member("MD5OfMessageBody") String md5OfMessageBody,
            @Member("MD5OfMessageAttributes") @Nullable String md5OfMessageAttributes,

            @Member("MD5OfMessageSystemAttributes") @Nullable String md5OfMessageSystemAttributes,

            String messageId,
            @Nullable String sequenceNumber)
            implements Result {}

    record OfSendMessageBatch(List<OfSendMessageBatch.Entry> successful, List<BatchError> failed) implements Result {
        public record Entry(
                String id,
                String messageId,
                @Member("MD5OfMessageBody") String md5OfMessageBody,
                @Member("MD5OfMessageAttributes") @Nullable String md5OfMessageAttributes,

                @Member("MD5OfMessageSystemAttributes") @Nullable String md5OfMessageSystemAttributes,

                @Nullable String sequenceNumber) {}
    }

    record OfReceiveMessage(List<ReceivedMessage> messages) implements Result {}

    /** A message as a consumer gets it. */
    record ReceivedMessage(
            String messageId,
            String receiptHandle,
            @Member("MD5OfBody") String md5OfBody,
            String body,
            Map<String, String> attributes,
            @Member("MD5OfMessageAttributes") @Nullable String md5OfMessageAttributes,
            Map<String, MessageAttributeValue> messageAttributes) {}

    /** The answer of DeleteMessageBatch and ChangeMessageVisibilityBatch. */
    record OfBatch(List<Id> successful, List<BatchError> failed) implements Result {
        public record Id(String id) {}
    }

    record BatchError(
            String id,
            boolean senderFault,
            String code,
            @Nullable String message) {}

    record OfListDeadLetterSourceQueues(
            @Member("queueUrls") List<String> queueUrls,
            @Nullable String nextToken) implements Result {}

    record OfStartMessageMoveTask(String taskHandle) implements Result {}

    record OfCancelMessageMoveTask(long approximateNumberOfMessagesMoved) implements Result {}

    record OfListMessageMoveTasks(List<OfListMessageMoveTasks.Entry> results) implements Result {
        public record Entry(
                @Nullable String taskHandle,
                String status,
                String sourceArn,
                @Nullable String destinationArn,
                @Nullable Integer maxNumberOfMessagesPerSecond,
                long approximateNumberOfMessagesMoved,
                @Nullable Long approximateNumberOfMessagesToMove,
                @Nullable String failureReason,
                long startedTimestamp) {}
    }

    record OfListQueueTags(Map<String, String> tags) implements Result {}
}

package dev.holdfast.queue.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a client can ask for: one record per action of the SQS API, its components in AWS's words.
 *
 * <p>A component that is {@code @Nullable} is optional; an absent list or map is empty; every other one is required, and
 * a request without it ends at the edge with MissingParameter. Ranges are checked by the feature that uses the value.
 */
public sealed interface Request {

    /** The action's name, as in {@code X-Amz-Target: AmazonSQS.SendMessage}. */
    default String action() {
        return getClass().getSimpleName();
    }

    /** A request about one existing queue, named by its URL (any host; a bare name is accepted too). */
    sealed interface OfQueue extends Request {
        String queueUrl();
    }

    record CreateQueue(
            String queueName,
            Map<String, String> attributes,
            @Member("tags") Map<String, String> tags) implements Request {}

    record GetQueueUrl(
            String queueName,
            @Member("QueueOwnerAWSAccountId") @Nullable String queueOwnerAwsAccountId) implements Request {}

    record ListQueues(
            @Nullable String queueNamePrefix,
            @Nullable String nextToken,
            @Nullable Integer maxResults) implements Request {}

    record DeleteQueue(String queueUrl) implements OfQueue {}

    record PurgeQueue(String queueUrl) implements OfQueue {}

    record GetQueueAttributes(String queueUrl, List<String> attributeNames) implements OfQueue {}

    record SetQueueAttributes(String queueUrl, Map<String, String> attributes) implements OfQueue {}

    record SendMessage(
            String queueUrl,
            String messageBody,
            @Nullable Integer delaySeconds,
            Map<String, MessageAttributeValue> messageAttributes,
            Map<String, MessageAttributeValue> messageSystemAttributes,
            @Nullable String messageDeduplicationId,
            @Nullable String messageGroupId)
            implements OfQueue {}

    record SendMessageBatch(String queueUrl, List<SendMessageBatch.Entry> entries) implements OfQueue {
        public record Entry(
                String id,
                String messageBody,
                @Nullable Integer delaySeconds,
                Map<String, MessageAttributeValue> messageAttributes,
                Map<String, MessageAttributeValue> messageSystemAttributes,
                @Nullable String messageDeduplicationId,
                @Nullable String messageGroupId)
                implements BatchEntry {}
    }

    record ReceiveMessage(
            String queueUrl,
            List<String> attributeNames,
            List<String> messageSystemAttributeNames,
            List<String> messageAttributeNames,
            @Nullable Integer maxNumberOfMessages,
            @Nullable Integer visibilityTimeout,
            @Nullable Integer waitTimeSeconds,
            @Nullable String receiveRequestAttemptId)
            implements OfQueue {}

    record DeleteMessage(String queueUrl, String receiptHandle) implements OfQueue {}

    record DeleteMessageBatch(String queueUrl, List<DeleteMessageBatch.Entry> entries) implements OfQueue {
        public record Entry(String id, String receiptHandle) implements BatchEntry {}
    }

    record ChangeMessageVisibility(String queueUrl, String receiptHandle, Integer visibilityTimeout)
            implements OfQueue {}

    record ChangeMessageVisibilityBatch(String queueUrl, List<ChangeMessageVisibilityBatch.Entry> entries)
            implements OfQueue {
        public record Entry(
                String id, String receiptHandle, @Nullable Integer visibilityTimeout) implements BatchEntry {}
    }

    record ListDeadLetterSourceQueues(
            String queueUrl,
            @Nullable String nextToken,
            @Nullable Integer maxResults) implements OfQueue {}

    record StartMessageMoveTask(
            String sourceArn,
            @Nullable String destinationArn,
            @Nullable Integer maxNumberOfMessagesPerSecond) implements Request {}

    record CancelMessageMoveTask(String taskHandle) implements Request {}

    record ListMessageMoveTasks(String sourceArn, @Nullable Integer maxResults) implements Request {}

    record TagQueue(String queueUrl, Map<String, String> tags) implements OfQueue {}

    record UntagQueue(String queueUrl, List<String> tagKeys) implements OfQueue {}

    record ListQueueTags(String queueUrl) implements OfQueue {}

    record AddPermission(
            String queueUrl,
            String label,
            @Member("AWSAccountIds") List<String> awsAccountIds,
            List<String> actions) implements OfQueue {}

    record RemovePermission(String queueUrl, String label) implements OfQueue {}

    /** An entry of a batch request; its id tells the answers apart. */
    interface BatchEntry {
        String id();
    }
}

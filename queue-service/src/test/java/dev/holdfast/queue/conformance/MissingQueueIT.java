package dev.holdfast.queue.conformance;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Every action on a queue that does not exist is refused alike. */
class MissingQueueIT extends Conformance {

    @Test
    void addPermission() {
        assertMissing(() -> sqs.addPermission(request -> request.queueUrl(NO_QUEUE)
                .label("a")
                .awsAccountIds("111111111111")
                .actions("SendMessage")));
    }

    @Test
    void changeMessageVisibility() {
        assertMissing(() -> sqs.changeMessageVisibility(
                request -> request.queueUrl(NO_QUEUE).receiptHandle("x").visibilityTimeout(1)));
    }

    @Test
    void changeMessageVisibilityBatch() {
        assertMissing(() -> sqs.changeMessageVisibilityBatch(request -> request.queueUrl(NO_QUEUE)
                .entries(ChangeMessageVisibilityBatchRequestEntry.builder()
                        .id("a")
                        .receiptHandle("x")
                        .visibilityTimeout(1)
                        .build())));
    }

    @Test
    void deleteMessage() {
        assertMissing(
                () -> sqs.deleteMessage(request -> request.queueUrl(NO_QUEUE).receiptHandle("x")));
    }

    @Test
    void deleteMessageBatch() {
        assertMissing(() -> sqs.deleteMessageBatch(request -> request.queueUrl(NO_QUEUE)
                .entries(DeleteMessageBatchRequestEntry.builder()
                        .id("a")
                        .receiptHandle("x")
                        .build())));
    }

    @Test
    void deleteQueue() {
        assertMissing(() -> sqs.deleteQueue(request -> request.queueUrl(NO_QUEUE)));
    }

    @Test
    void getQueueAttributes() {
        assertMissing(() -> sqs.getQueueAttributes(request -> request.queueUrl(NO_QUEUE)));
    }

    @Test
    void getQueueUrl() {
        assertMissing(() -> sqs.getQueueUrl(request -> request.queueName("no-such-queue")));
    }

    @Test
    void listDeadLetterSourceQueues() {
        assertMissing(() -> sqs.listDeadLetterSourceQueues(request -> request.queueUrl(NO_QUEUE)));
    }

    @Test
    void listQueueTags() {
        assertMissing(() -> sqs.listQueueTags(request -> request.queueUrl(NO_QUEUE)));
    }

    @Test
    void purgeQueue() {
        assertMissing(() -> sqs.purgeQueue(request -> request.queueUrl(NO_QUEUE)));
    }

    @Test
    void receiveMessage() {
        assertMissing(() -> sqs.receiveMessage(request -> request.queueUrl(NO_QUEUE)));
    }

    @Test
    void removePermission() {
        assertMissing(
                () -> sqs.removePermission(request -> request.queueUrl(NO_QUEUE).label("a")));
    }

    @Test
    void sendMessage() {
        assertMissing(() -> sendTo(NO_QUEUE, "x"));
    }

    @Test
    void sendMessageBatch() {
        assertMissing(
                () -> sqs.sendMessageBatch(request -> request.queueUrl(NO_QUEUE).entries(entries(1))));
    }

    @Test
    void setQueueAttributes() {
        assertMissing(() -> set(NO_QUEUE, QueueAttributeName.DELAY_SECONDS, "1"));
    }

    @Test
    void tagQueue() {
        assertMissing(() -> sqs.tagQueue(request -> request.queueUrl(NO_QUEUE).tags(Map.of("a", "b"))));
    }

    @Test
    void untagQueue() {
        assertMissing(() -> sqs.untagQueue(request -> request.queueUrl(NO_QUEUE).tagKeys("a")));
    }

    private static void assertMissing(ThrowingCallable call) {
        assertRefused("AWS.SimpleQueueService.NonExistentQueue", call).startsWith("The specified queue does not exist");
    }
}

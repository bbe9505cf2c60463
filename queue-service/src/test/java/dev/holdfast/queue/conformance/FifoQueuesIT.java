package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.CONTENT_BASED_DEDUPLICATION;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.DEDUPLICATION_SCOPE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.FIFO_QUEUE;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.FIFO_THROUGHPUT_LIMIT;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Names and attributes of FIFO queues. */
class FifoQueuesIT extends FifoConformance {

    @Test
    void newFifoQueueShowsItsAttributesAndTheirDefaults() {
        assertThat(sqs.getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
                        .attributes())
                .containsEntry(FIFO_QUEUE, "true")
                .containsEntry(CONTENT_BASED_DEDUPLICATION, "false")
                .containsEntry(DEDUPLICATION_SCOPE, "queue")
                .containsEntry(FIFO_THROUGHPUT_LIMIT, "perQueue");
    }

    @Test
    void nameOfAFifoQueueMustEndInFifo() {
        assertRefused("InvalidParameterValue", () -> create(Map.of(FIFO_QUEUE, "true")))
                .contains("must end with .fifo suffix");
    }

    @Test
    void nameThatEndsInFifoNeedsTheAttribute() {
        assertRefused("InvalidParameterValue", () -> create(freshName() + ".fifo", Map.of()));
    }

    @Test
    void suffixCountsTowardTheLengthOfTheName() {
        assertThat(create("x".repeat(37) + freshName() + ".fifo", Map.of(FIFO_QUEUE, "true")))
                .endsWith(".fifo");
        assertRefused("InvalidParameterValue", () -> create("x".repeat(76) + ".fifo", Map.of(FIFO_QUEUE, "true")));
        assertRefused("InvalidParameterValue", () -> create(".fifo", Map.of(FIFO_QUEUE, "true")));
    }

    @Test
    void booleanIsAcceptedInAnyCase() {
        String url = create(freshName() + ".fifo", Map.of(FIFO_QUEUE, "True"));

        assertThat(attribute(url, FIFO_QUEUE)).isEqualTo("true");
    }

    @Test
    void fifoQueueCannotBecomeAStandardQueue() {
        assertRefused("InvalidAttributeValue", () -> set(FIFO_QUEUE, "false"))
                .isEqualTo("Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.");
        assertRefused("InvalidAttributeValue", () -> create(freshName() + ".fifo", Map.of(FIFO_QUEUE, "false")));
    }

    @Test
    void creatingAgainFindsTheQueue() {
        String name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);

        assertThat(create(name, Map.of(FIFO_QUEUE, "True", CONTENT_BASED_DEDUPLICATION, "FALSE")))
                .isEqualTo(queueUrl);
    }

    @Test
    void contentBasedDeduplicationCanBeTurnedOnAndOff() {
        set(CONTENT_BASED_DEDUPLICATION, "true");
        assertThat(attribute(CONTENT_BASED_DEDUPLICATION)).isEqualTo("true");

        set(CONTENT_BASED_DEDUPLICATION, "false");
        assertThat(attribute(CONTENT_BASED_DEDUPLICATION)).isEqualTo("false");
    }

    @Test
    void highThroughputNeedsDeduplicationPerGroup() {
        assertRefused("InvalidAttributeValue", () -> set(FIFO_THROUGHPUT_LIMIT, "perMessageGroupId"));

        String url =
                createFifo(Map.of(DEDUPLICATION_SCOPE, "messageGroup", FIFO_THROUGHPUT_LIMIT, "perMessageGroupId"));

        assertThat(attribute(url, FIFO_THROUGHPUT_LIMIT)).isEqualTo("perMessageGroupId");
    }

    @Test
    void otherScopesAndLimitsAreRefused() {
        for (String value : List.of("", "Queue", "perQueue")) {
            assertRefused("InvalidAttributeValue", () -> set(DEDUPLICATION_SCOPE, value));
        }
        for (String value : List.of("", "perqueue", "queue")) {
            assertRefused("InvalidAttributeValue", () -> set(FIFO_THROUGHPUT_LIMIT, value));
        }
    }

    @Test
    void deadLetterQueueOfAFifoQueueMustBeOne() {
        String standard = create(Map.of());

        assertRefused(
                        "InvalidParameterValue",
                        () -> set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(standard), 1)))
                .contains("same type");
        assertRefused(
                "InvalidParameterValue",
                () -> set(standard, QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(queueUrl), 1)));
        set(QueueAttributeName.REDRIVE_POLICY, redrivePolicy(arn(createFifo(Map.of())), 1));
    }
}

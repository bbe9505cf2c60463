package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class QueueAttributesIT extends Conformance {

    @Test
    void newQueueHasTheDefaultsOfAmazonSqs() {
        assertThat(all())
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30")
                .containsEntry(QueueAttributeName.DELAY_SECONDS, "0")
                .containsEntry(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "1048576")
                .containsEntry(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "345600")
                .containsEntry(QueueAttributeName.RECEIVE_MESSAGE_WAIT_TIME_SECONDS, "0")
                .containsEntry(QueueAttributeName.SQS_MANAGED_SSE_ENABLED, "true");
    }

    @Test
    void newQueueIsEmpty() {
        assertThat(waiting()).isZero();
        assertThat(inFlight()).isZero();
        assertThat(delayed()).isZero();
    }

    @Test
    void standardQueueShowsNoAttributesOfFifoQueuesAndNoPolicies() {
        assertThat(all())
                .doesNotContainKeys(
                        QueueAttributeName.FIFO_QUEUE,
                        QueueAttributeName.CONTENT_BASED_DEDUPLICATION,
                        QueueAttributeName.DEDUPLICATION_SCOPE,
                        QueueAttributeName.FIFO_THROUGHPUT_LIMIT,
                        QueueAttributeName.POLICY,
                        QueueAttributeName.REDRIVE_POLICY,
                        QueueAttributeName.REDRIVE_ALLOW_POLICY,
                        QueueAttributeName.KMS_MASTER_KEY_ID,
                        QueueAttributeName.KMS_DATA_KEY_REUSE_PERIOD_SECONDS);
    }

    @Test
    void noNamesAskForNothing() {
        assertThat(sqs.getQueueAttributes(request -> request.queueUrl(queueUrl)).attributes())
                .isEmpty();
    }

    @Test
    void onlyTheAttributesAskedForAreReturned() {
        assertThat(sqs.getQueueAttributes(request -> request.queueUrl(queueUrl)
                                .attributeNames(QueueAttributeName.DELAY_SECONDS, QueueAttributeName.QUEUE_ARN))
                        .attributes())
                .containsOnlyKeys(QueueAttributeName.DELAY_SECONDS, QueueAttributeName.QUEUE_ARN);
    }

    @Test
    void askingForAnAttributeThatIsNotSetReturnsNothing() {
        assertThat(attribute(QueueAttributeName.REDRIVE_POLICY)).isEqualTo("absent");
    }

    @Test
    void unknownNameIsRefused() {
        assertRefused(
                        "InvalidAttributeName",
                        () -> sqs.getQueueAttributes(
                                request -> request.queueUrl(queueUrl).attributeNamesWithStrings("Foo")))
                .isEqualTo("Unknown Attribute Foo.");
    }

    @Test
    void arnNamesRegionAccountAndQueue() {
        String name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);

        assertThat(attribute(QueueAttributeName.QUEUE_ARN)).isEqualTo("arn:aws:sqs:us-east-1:" + ACCOUNT + ":" + name);
    }

    @Test
    void changedAttributesAreShownAndTheOthersStay() {
        set(QueueAttributeName.VISIBILITY_TIMEOUT, "0");

        sqs.setQueueAttributes(request -> request.queueUrl(queueUrl)
                .attributes(Map.of(
                        QueueAttributeName.DELAY_SECONDS, "7", QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "2048")));

        assertThat(all())
                .containsEntry(QueueAttributeName.DELAY_SECONDS, "7")
                .containsEntry(QueueAttributeName.MAXIMUM_MESSAGE_SIZE, "2048")
                .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "0");
    }

    @Test
    void numbersAreShownInOneSpelling() {
        set(QueueAttributeName.DELAY_SECONDS, "007");

        assertThat(attribute(QueueAttributeName.DELAY_SECONDS)).isEqualTo("7");
    }

    @Test
    void changeIsWholeOrNotAtAll() {
        assertRefused(
                "InvalidAttributeValue",
                () -> sqs.setQueueAttributes(request -> request.queueUrl(queueUrl)
                        .attributes(Map.of(
                                QueueAttributeName.DELAY_SECONDS, "7", QueueAttributeName.VISIBILITY_TIMEOUT, "-1"))));

        assertThat(attribute(QueueAttributeName.DELAY_SECONDS)).isEqualTo("0");
    }

    @Test
    void changeMovesOnlyTheTimestampOfModification() {
        String created = attribute(QueueAttributeName.CREATED_TIMESTAMP);
        assertThat(attribute(QueueAttributeName.LAST_MODIFIED_TIMESTAMP)).isEqualTo(created);
        advance(Duration.ofSeconds(100));

        set(QueueAttributeName.DELAY_SECONDS, "1");

        assertThat(attribute(QueueAttributeName.CREATED_TIMESTAMP)).isEqualTo(created);
        assertThat(Long.parseLong(attribute(QueueAttributeName.LAST_MODIFIED_TIMESTAMP)))
                .isGreaterThanOrEqualTo(Long.parseLong(created) + 100);
    }

    @Test
    void settingNothingIsRefused() {
        assertRefused("MissingParameter", () -> sqs.setQueueAttributes(request -> request.queueUrl(queueUrl)));
    }

    @Test
    void settingAnUnknownAttributeIsRefused() {
        assertRefused(
                        "InvalidAttributeName",
                        () -> sqs.setQueueAttributes(
                                request -> request.queueUrl(queueUrl).attributesWithStrings(Map.of("Foo", "1"))))
                .isEqualTo("Unknown Attribute Foo.");
    }

    @Test
    void settingAReadOnlyAttributeIsRefused() {
        assertRefused("InvalidAttributeName", () -> set(QueueAttributeName.CREATED_TIMESTAMP, "1"))
                .isEqualTo("Unknown Attribute CreatedTimestamp.");
        assertRefused("InvalidAttributeName", () -> set(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "1"));
    }

    @Test
    void attributesOfFifoQueuesAreRefusedOnAStandardQueueInTheirOwnWords() {
        for (QueueAttributeName name :
                List.of(QueueAttributeName.DEDUPLICATION_SCOPE, QueueAttributeName.FIFO_THROUGHPUT_LIMIT)) {
            String words = "You can specify the " + name + " only when FifoQueue is set to true.";
            assertRefused("InvalidAttributeName", () -> set(name, "queue")).isEqualTo(words);
            assertRefused("InvalidAttributeName", () -> create(Map.of(name, "perQueue")))
                    .isEqualTo(words);
            assertRefused("InvalidAttributeName", () -> attribute(name)).isEqualTo(words);
        }
        for (QueueAttributeName name :
                List.of(QueueAttributeName.FIFO_QUEUE, QueueAttributeName.CONTENT_BASED_DEDUPLICATION)) {
            assertRefused("InvalidAttributeName", () -> set(name, "true")).isEqualTo("Unknown Attribute " + name + ".");
            assertRefused("InvalidAttributeName", () -> attribute(name)).isEqualTo("Unknown Attribute " + name + ".");
        }
    }

    @Test
    void standardQueueCannotBecomeAFifoQueue() {
        assertRefused("InvalidAttributeName", () -> set(QueueAttributeName.FIFO_QUEUE, "true"))
                .isEqualTo("Unknown Attribute FifoQueue.");
    }

    @Test
    void messagesAreCountedByTheirState() {
        for (int i = 0; i < 3; i++) {
            send("m" + i);
        }
        sendDelayed("later", 60);
        receiveOne();

        assertThat(waiting()).isEqualTo(2);
        assertThat(inFlight()).isEqualTo(1);
        assertThat(delayed()).isEqualTo(1);
    }

    @Test
    void countsFollowTheClock() {
        sendDelayed("later", 60);
        send("now");
        receiveOne();

        advance(Duration.ofSeconds(61));

        assertThat(waiting()).isEqualTo(2);
        assertThat(inFlight()).isZero();
        assertThat(delayed()).isZero();
    }

    private Map<QueueAttributeName, String> all() {
        return sqs.getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }
}

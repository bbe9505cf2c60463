package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeValue;

/** Messages that were received too often, on standard queues. */
class DeadLettersIT extends Conformance {
    private static final String TRACE = "Root=1-5759e988-bd862e3fe1be46a994272793";

    private String deadLetters = "";

    @BeforeEach
    void redrive() {
        deadLetters = create(Map.of());
        set(REDRIVE_POLICY, redrivePolicy(arn(deadLetters), 2));
    }

    @Test
    void messageIsDeliveredMaxReceiveCountTimesAndThenMoves() {
        send("poison");

        receiveHidden(0);
        receiveHidden(0);

        assertThat(receive()).isEmpty();
        assertThat(bodies(deadLetters)).containsExactly("poison");
        assertThat(waiting()).isZero();
    }

    @Test
    void messageMovesWithoutAnotherReceive() {
        send("poison");
        receiveHidden(0);
        receiveHidden(10);

        advance(Duration.ofSeconds(10));

        assertThat(attribute(deadLetters, APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("1");
    }

    @Test
    void messageOfTheLastReceiveStaysUntilItsTimeoutRunsOut() {
        send("slow");
        receiveHidden(0);
        Message last = receiveHidden(60);
        advance(Duration.ofSeconds(59));
        assertThat(attribute(deadLetters, APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("0");

        delete(last);

        advance(Duration.ofSeconds(10));
        assertThat(receiveFrom(deadLetters)).isEmpty();
    }

    @Test
    void deadLetterKeepsIdSendTimeAndContent() {
        String id = sqs.sendMessage(request -> request.queueUrl(queueUrl)
                        .messageBody("poison")
                        .messageGroupId("tenant")
                        .messageAttributes(Map.of("n", text("Number", "1")))
                        .messageSystemAttributesWithStrings(Map.of(
                                "AWSTraceHeader",
                                MessageSystemAttributeValue.builder()
                                        .dataType("String")
                                        .stringValue(TRACE)
                                        .build())))
                .messageId();
        Message first = receiveHidden(0);
        advance(Duration.ofSeconds(5));

        Message dead = die();

        assertThat(dead.messageId()).isEqualTo(id);
        assertThat(dead.body()).isEqualTo("poison");
        assertThat(dead.messageAttributes()).containsExactly(Map.entry("n", text("Number", "1")));
        assertThat(dead.attributes())
                .containsEntry(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        first.attributes().get(MessageSystemAttributeName.SENT_TIMESTAMP))
                .containsEntry(
                        MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                        first.attributes().get(MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP))
                .containsEntry(MessageSystemAttributeName.AWS_TRACE_HEADER, TRACE)
                .containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "tenant");
    }

    @Test
    void receiveCountGoesOnInTheDeadLetterQueue() {
        send("poison");
        receiveHidden(0);

        assertThat(die().attributes()).containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "3");
    }

    @Test
    void deadLetterNamesItsSource() {
        send("poison");
        receiveHidden(0);

        assertThat(die().attributes())
                .containsEntry(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, arn(queueUrl));
    }

    @Test
    void releasedMessageCountsToo() {
        send("poison");
        changeVisibility(receiveOne(), 0);
        changeVisibility(receiveOne(), 0);

        assertThat(receive()).isEmpty();
        assertThat(bodies(deadLetters)).containsExactly("poison");
    }

    @Test
    void poisonDoesNotHoldUpTheOthers() {
        send("poison");
        send("good");
        receiveHidden(0);
        receiveHidden(0);

        assertThat(bodies()).containsExactly("good");
    }

    @Test
    void loweredCountHoldsForTheMessagesThatAreThere() {
        set(REDRIVE_POLICY, redrivePolicy(arn(deadLetters), 10));
        send("poison");
        receiveHidden(0);

        set(REDRIVE_POLICY, redrivePolicy(arn(deadLetters), 1));

        assertThat(receive()).isEmpty();
        assertThat(bodies(deadLetters)).containsExactly("poison");
    }

    @Test
    void withoutPolicyTheMessageGoesOnBeingDelivered() {
        send("m");
        receiveHidden(0);
        receiveHidden(10); // Visible again it could move at any moment.

        set(REDRIVE_POLICY, "");
        advance(Duration.ofSeconds(10));

        assertThat(receiveHidden(0).attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "3");
    }

    @Test
    void whileTheDeadLetterQueueIsMissingTheMessageGoesOnBeingDelivered() {
        send("m");
        receiveHidden(0);
        receiveHidden(10); // Visible again it could move at any moment.

        sqs.deleteQueue(request -> request.queueUrl(deadLetters));
        advance(Duration.ofSeconds(10));

        assertThat(receiveHidden(0).body()).isEqualTo("m");
    }

    @Test
    void deadLetterQueueMayHaveADeadLetterQueueThatCountsForItself() {
        String last = create(Map.of());
        set(deadLetters, REDRIVE_POLICY, redrivePolicy(arn(last), 1));
        send("poison");
        receiveHidden(0);
        Message dead = die();
        assertThat(attribute(last, APPROXIMATE_NUMBER_OF_MESSAGES)).isEqualTo("0");

        advance(Duration.ofSeconds(31));

        assertThat(receiveFrom(last)).extracting(Message::messageId).containsExactly(dead.messageId());
    }

    @Test
    void sourcesOfADeadLetterQueueAreListed() {
        String second = create(Map.of(REDRIVE_POLICY, redrivePolicy(arn(deadLetters), 5)));

        assertThat(sqs.listDeadLetterSourceQueues(request -> request.queueUrl(deadLetters))
                        .queueUrls())
                .containsExactlyInAnyOrder(queueUrl, second);
        assertThat(sqs.listDeadLetterSourceQueues(request -> request.queueUrl(queueUrl))
                        .queueUrls())
                .isEmpty();
    }

    @Test
    void sourcesAreListedPageByPage() {
        String second = create(Map.of(REDRIVE_POLICY, redrivePolicy(arn(deadLetters), 5)));

        var first = sqs.listDeadLetterSourceQueues(
                request -> request.queueUrl(deadLetters).maxResults(1));
        var rest = sqs.listDeadLetterSourceQueues(
                request -> request.queueUrl(deadLetters).maxResults(1).nextToken(first.nextToken()));

        assertThat(first.queueUrls()).hasSize(1);
        assertThat(rest.queueUrls()).hasSize(1).doesNotContainAnyElementsOf(first.queueUrls());
        assertThat(rest.queueUrls().getFirst()).isIn(queueUrl, second);
        assertThat(rest.nextToken()).isNull();
    }

    /** The message's second receive, its move, and how the dead-letter queue hands it out. */
    private Message die() {
        receiveHidden(0);
        assertThat(receive()).isEmpty();
        return receiveOne(deadLetters);
    }
}

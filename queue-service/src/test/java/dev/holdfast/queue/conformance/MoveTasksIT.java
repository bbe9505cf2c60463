package dev.holdfast.queue.conformance;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES;
import static software.amazon.awssdk.services.sqs.model.QueueAttributeName.REDRIVE_POLICY;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** StartMessageMoveTask, CancelMessageMoveTask and ListMessageMoveTasks. */
class MoveTasksIT extends Conformance {
    private static final String INVALID = "InvalidParameterValue";
    private static final String NOT_FOUND = "ResourceNotFoundException";

    private String dead = "";
    private String deadArn = "";

    @BeforeEach
    void redrive() {
        dead = create(Map.of());
        deadArn = arn(dead);
        set(REDRIVE_POLICY, redrivePolicy(deadArn, 1));
    }

    @Test
    void messagesGoBackToTheQueueTheyCameFrom() {
        die(queueUrl, "m");

        start(null);

        awaitCompleted();
        assertThat(bodies()).containsExactly("m");
        assertThat(bodies(dead)).isEmpty();
    }

    @Test
    void messagesOfSeveralSourcesGoBackEachToItsOwn() {
        String second = create(Map.of(REDRIVE_POLICY, redrivePolicy(deadArn, 1)));
        die(queueUrl, "first's");
        die(second, "second's");

        start(null);

        awaitCompleted();
        assertThat(bodies()).containsExactly("first's");
        assertThat(bodies(second)).containsExactly("second's");
    }

    @Test
    void messagesGoToTheDestinationThatIsGiven() {
        String other = create(Map.of());
        die(queueUrl, "m");

        start(arn(other));

        awaitCompleted();
        assertThat(bodies(other)).containsExactly("m");
        assertThat(bodies()).isEmpty();
    }

    @Test
    void movedMessageIsANewOne() {
        String id = die(queueUrl, "m");
        start(null);
        awaitCompleted();

        Message moved = receiveOne();

        assertThat(moved.messageId()).isNotEqualTo(id);
        assertThat(moved.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1")
                .doesNotContainKey(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN);
    }

    @Test
    void attributesMoveAlong() {
        sendWith(Map.of("n", text("Number", "1")));
        die();
        start(null);
        awaitCompleted();

        assertThat(receiveOne().messageAttributes()).containsExactly(Map.entry("n", text("Number", "1")));
    }

    @Test
    void completedTaskIsListedWithItsNumbersAndWithoutAHandle() {
        die(queueUrl, "m");
        start(null);

        ListMessageMoveTasksResultEntry task = awaitCompleted();

        assertThat(task.taskHandle()).isNull();
        assertThat(task.sourceArn()).isEqualTo(deadArn);
        assertThat(task.destinationArn()).isNull();
        assertThat(task.maxNumberOfMessagesPerSecond()).isNull();
        assertThat(task.approximateNumberOfMessagesMoved()).isEqualTo(1);
        assertThat(task.approximateNumberOfMessagesToMove()).isEqualTo(1);
        assertThat(task.failureReason()).isNull();
        assertThat(task.startedTimestamp().toString()).hasSize(13);
    }

    @Test
    void runningTaskIsListedWithItsHandleDestinationAndRate() {
        String other = create(Map.of());
        dieMany(20);
        String handle = startAt(1, arn(other));

        ListMessageMoveTasksResultEntry task = latest();

        assertThat(task.status()).isEqualTo("RUNNING");
        assertThat(task.taskHandle()).isEqualTo(handle);
        assertThat(task.destinationArn()).isEqualTo(arn(other));
        assertThat(task.maxNumberOfMessagesPerSecond()).isEqualTo(1);
        cancel(handle);
    }

    @Test
    void handleIsBase64OfJsonWithTaskAndSource() {
        String handle = start(null);

        assertThat(new String(Base64.getDecoder().decode(handle), StandardCharsets.UTF_8))
                .contains("\"taskId\":")
                .contains("\"sourceArn\":\"" + deadArn + "\"");
    }

    @Test
    void secondTaskOnTheSameSourceIsRefused() {
        dieMany(20);
        String handle = startAt(1, null);

        assertRefused(INVALID, () -> start(null));

        cancel(handle);
    }

    @Test
    void cancelledTaskStopsAndSaysHowFarItCame() {
        dieMany(20);
        String handle = startAt(1, null);

        long moved =
                sqs.cancelMessageMoveTask(request -> request.taskHandle(handle)).approximateNumberOfMessagesMoved();

        assertThat(moved).isLessThan(20);
        await("the task is cancelled").until(() -> latest().status().equals("CANCELLED"));
        assertThat(Integer.parseInt(attribute(dead, APPROXIMATE_NUMBER_OF_MESSAGES)))
                .isPositive();
    }

    @Test
    void completedTaskCannotBeCancelled() {
        String handle = start(null);
        awaitCompleted();

        assertRefused(NOT_FOUND, () -> cancel(handle));
    }

    @Test
    void handleThatIsNoneIsRefused() {
        assertRefused(INVALID, () -> cancel("garbage"));
    }

    @Test
    void sourceThatDoesNotExistIsNotFound() {
        assertRefused(NOT_FOUND, () -> sqs.startMessageMoveTask(request -> request.sourceArn(deadArn + "-missing")));
        assertRefused(NOT_FOUND, () -> sqs.listMessageMoveTasks(request -> request.sourceArn(deadArn + "-missing")));
    }

    @Test
    void sourceThatIsNobodysDeadLetterQueueIsRefused() {
        String plain = arn(create(Map.of()));

        assertRefused(INVALID, () -> sqs.startMessageMoveTask(request -> request.sourceArn(plain)));
    }

    @Test
    void sourceThatIsNoArnIsRefused() {
        assertRefused(INVALID, () -> sqs.startMessageMoveTask(request -> request.sourceArn("dead")));
    }

    @Test
    void missingSourceIsRefused() {
        assertRefused("MissingParameter", () -> sqs.startMessageMoveTask(request -> {}))
                .contains("SourceArn");
        assertRefused("MissingParameter", () -> sqs.listMessageMoveTasks(request -> {}))
                .contains("SourceArn");
        assertRefused("MissingParameter", () -> sqs.cancelMessageMoveTask(request -> {}))
                .contains("TaskHandle");
    }

    @Test
    void destinationThatDoesNotExistIsNotFound() {
        assertRefused(NOT_FOUND, () -> start(deadArn + "-missing"));
    }

    @Test
    void rateBeyond1To500IsRefused() {
        assertRefused(INVALID, () -> startAt(0, null));
        assertRefused(INVALID, () -> startAt(501, null));
    }

    @Test
    void oneTaskIsListedUnlessMoreAreAskedForNewestFirst() {
        start(null);
        awaitCompleted();
        advance(Duration.ofSeconds(1));
        start(arn(queueUrl));
        awaitCompleted();

        assertThat(list(null)).hasSize(1);
        List<ListMessageMoveTasksResultEntry> both = list(10);
        assertThat(both).hasSize(2);
        assertThat(both.get(0).destinationArn()).isEqualTo(arn(queueUrl));
        assertThat(both.get(0).startedTimestamp()).isGreaterThan(both.get(1).startedTimestamp());
    }

    @Test
    void listOfMoreThanTenIsRefused() {
        assertRefused(INVALID, () -> list(0));
        assertRefused(INVALID, () -> list(11));
    }

    @Test
    void sourceWithoutTasksHasNone() {
        assertThat(sqs.listMessageMoveTasks(request -> request.sourceArn(deadArn))
                        .hasResults())
                .isFalse();
    }

    private String die(String source, String body) {
        String id = sendTo(source, body);
        receiveOne(source);
        advance(Duration.ofSeconds(31));
        return id;
    }

    /** Receives what was sent, and lets it die. */
    private void die() {
        assertThat(receive()).isNotEmpty();
        advance(Duration.ofSeconds(31));
    }

    private void dieMany(int count) {
        for (int i = 0; i < count; i += 10) {
            sqs.sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries(10)));
            die();
        }
    }

    private String start(@Nullable String destinationArn) {
        return startAt(null, destinationArn);
    }

    private String startAt(@Nullable Integer rate, @Nullable String destinationArn) {
        return sqs.startMessageMoveTask(request -> request.sourceArn(deadArn)
                        .destinationArn(destinationArn)
                        .maxNumberOfMessagesPerSecond(rate))
                .taskHandle();
    }

    private void cancel(String handle) {
        sqs.cancelMessageMoveTask(request -> request.taskHandle(handle));
    }

    private List<ListMessageMoveTasksResultEntry> list(@Nullable Integer max) {
        return sqs.listMessageMoveTasks(request -> request.sourceArn(deadArn).maxResults(max))
                .results();
    }

    private ListMessageMoveTasksResultEntry latest() {
        return list(1).getFirst();
    }

    private ListMessageMoveTasksResultEntry awaitCompleted() {
        await("the task is completed").until(() -> latest().status().equals("COMPLETED"));
        return latest();
    }
}

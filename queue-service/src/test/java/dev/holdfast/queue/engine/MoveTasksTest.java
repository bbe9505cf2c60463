package dev.holdfast.queue.engine;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Move tasks with a settable clock, through restarts and failures. */
class MoveTasksTest {
    private static final String DEAD = "dead";

    @TempDir
    Path folder;

    private TestEngine engine;

    @BeforeEach
    void open() throws SQLException {
        engine = new TestEngine(folder.resolve("queue.db"));
        create(DEAD, Map.of());
        create("orders", redriveTo(DEAD));
        create("payments", redriveTo(DEAD));
        create("elsewhere", Map.of());
    }

    @AfterEach
    void close() throws SQLException {
        engine.close();
    }

    @Test
    void eachMessageGoesBackToTheQueueItCameFrom() {
        die("orders", 3);
        die("payments", 2);

        start(null, null);
        untilOver();

        assertThat(bodies("orders")).containsExactly("orders 0", "orders 1", "orders 2");
        assertThat(bodies("payments")).containsExactly("payments 0", "payments 1");
        assertThat(bodies(DEAD)).isEmpty();
        assertThat(latest().approximateNumberOfMessagesMoved()).isEqualTo(5);
        assertThat(latest().taskHandle()).as("handle of a task that is over").isNull();
    }

    @Test
    void theRateIsKept() {
        die("orders", 100);
        start(null, 10);

        // Ten seconds' work: after three it cannot be half done.
        for (int step = 0; step < 60; step++) {
            engine.advance(50);
            counted(DEAD);
        }

        assertThat(counted("orders")).isBetween(25L, 35L);
        untilOver();
        assertThat(counted("orders")).isEqualTo(100);
    }

    @Test
    void restartsAndFailuresNeitherLoseNorRepeatAMessage() throws SQLException {
        die("orders", 200);
        start(null, 100);

        for (int round = 0; round < 8; round++) {
            engine.advance(250);
            counted(DEAD);
            if (round % 2 == 0) {
                engine.restart();
            } else {
                engine.fail();
            }
            assertThat(counted(DEAD) + counted("orders")).isEqualTo(200);
        }
        untilOver();

        assertThat(bodies("orders")).doesNotHaveDuplicates().hasSize(200);
        assertThat(latest().status()).isEqualTo("COMPLETED");
    }

    @Test
    void aTaskRestsWhileTheDiskIsShortOfSpaceAndGoesOnAfterwards() throws SQLException {
        die("orders", 50);
        start(null, null);

        engine.restart(OptionalLong.of(Long.MAX_VALUE));
        for (int step = 0; step < 20; step++) {
            engine.advance(500);
            assertThat(counted("orders")).isZero();
        }
        assertThat(latest().status()).isEqualTo("RUNNING");

        engine.restart();
        untilOver();
        assertThat(counted("orders")).isEqualTo(50);
    }

    @Test
    void destinationDeletedHalfWayFailsTheTaskAndKeepsTheRest() {
        die("orders", 100);
        start(arn("elsewhere"), 100);
        engine.advance(500);
        await("some are moved").until(() -> counted("elsewhere") > 0);
        long moved = counted("elsewhere");

        engine.perform(new Request.DeleteQueue("elsewhere"), Result.Nothing.class);
        untilOver();

        assertThat(latest().status()).isEqualTo("FAILED");
        assertThat(latest().failureReason()).contains("destination queue does not exist");
        assertThat(bodies(DEAD)).as("what stayed").hasSize((int) (100 - moved)).isSubsetOf(allBodies());
    }

    private static List<String> allBodies() {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            bodies.add("orders " + i);
        }
        return bodies;
    }

    @Test
    void aCancelledTaskStopsWhereItIs() {
        die("orders", 100);
        String handle = start(null, 10);
        engine.advance(1_000);
        counted(DEAD);

        Result.OfCancelMessageMoveTask answer =
                engine.perform(new Request.CancelMessageMoveTask(handle), Result.OfCancelMessageMoveTask.class);
        untilOver();

        assertThat(latest().status()).isEqualTo("CANCELLED");
        assertThat(answer.approximateNumberOfMessagesMoved()).isEqualTo(latest().approximateNumberOfMessagesMoved());
        assertThat(counted(DEAD)).isEqualTo(100 - answer.approximateNumberOfMessagesMoved());
        assertThatThrownBy(() ->
                        engine.perform(new Request.CancelMessageMoveTask(handle), Result.OfCancelMessageMoveTask.class))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("not running any more");
    }

    @Test
    void oneTaskASource() {
        die("orders", 10);
        start(null, 1);

        assertThatThrownBy(() -> start(null, 1))
                .isInstanceOf(SqsException.class)
                .hasMessageContaining("already a task running");
    }

    @Test
    void aLetterThatDiesAgainIsNotMovedTwiceByOneTask() {
        die("orders", 2);
        start(null, 1);
        engine.advance(1_100);
        await("one is moved").until(() -> counted("orders") == 1);
        receive("orders");
        engine.advance(31_000);
        engine.housekeep();
        untilOver();

        assertThat(latest().approximateNumberOfMessagesMoved()).isEqualTo(2);
    }

    private static Map<String, String> redriveTo(String deadLetterQueue) {
        return Map.of(
                "RedrivePolicy",
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":1}".formatted(arn(deadLetterQueue)));
    }

    private static String arn(String name) {
        return "arn:aws:sqs:us-east-1:" + TestEngine.ACCOUNT + ":" + name;
    }

    private void create(String name, Map<String, String> attributes) {
        engine.perform(new Request.CreateQueue(name, attributes, Map.of()), Result.OfCreateQueue.class);
    }

    /** Sends messages, receives each of them once, and lets them become dead letters. */
    private void die(String name, int count) {
        for (int i = 0; i < count; i++) {
            engine.perform(
                    new Request.SendMessage(name, name + " " + i, null, Map.of(), Map.of(), null, null),
                    Result.OfSendMessage.class);
        }
        for (int received = 0; received < count; ) {
            received += receive(name).size();
        }
        engine.advance(31_000);
        engine.housekeep();
    }

    private List<Result.ReceivedMessage> receive(String name) {
        return engine.perform(
                        new Request.ReceiveMessage(name, List.of(), List.of(), List.of(), 10, 30, 0, null),
                        Result.OfReceiveMessage.class)
                .messages();
    }

    private List<String> bodies(String name) {
        List<String> bodies = new ArrayList<>();
        for (List<Result.ReceivedMessage> some = receive(name); !some.isEmpty(); some = receive(name)) {
            some.forEach(message -> bodies.add(message.body()));
        }
        return bodies;
    }

    private long counted(String name) {
        return Long.parseLong(engine.perform(
                        new Request.GetQueueAttributes(name, List.of("ApproximateNumberOfMessages")),
                        Result.OfGetQueueAttributes.class)
                .attributes()
                .getOrDefault("ApproximateNumberOfMessages", "none"));
    }

    private String start(@Nullable String destination, @Nullable Integer perSecond) {
        return engine.perform(
                        new Request.StartMessageMoveTask(arn(DEAD), destination, perSecond),
                        Result.OfStartMessageMoveTask.class)
                .taskHandle();
    }

    private Result.OfListMessageMoveTasks.Entry latest() {
        return engine.perform(new Request.ListMessageMoveTasks(arn(DEAD), null), Result.OfListMessageMoveTasks.class)
                .results()
                .getFirst();
    }

    private void untilOver() {
        await("the task ends").until(() -> {
            engine.advance(200);
            String status = latest().status();
            return !status.equals("RUNNING") && !status.equals("CANCELLING");
        });
    }
}

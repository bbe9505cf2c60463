package dev.holdfast.queue.engine;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 120,000 messages in flight: on the engine, since a client would take a minute to get there. */
class InFlightLimitTest {
    private static final int BATCH = 10;
    private static final int HANDS = 24;

    @Test
    void shortPollOverTheLimitIsRefusedALongPollGetsNothingAndADeletionMakesRoom(@TempDir Path folder)
            throws SQLException {
        try (TestEngine engine = new TestEngine(folder.resolve("queue.db"))) {
            engine.perform(
                    new Request.CreateQueue("q", Map.of("VisibilityTimeout", "43200"), Map.of()),
                    Result.OfCreateQueue.class);
            String handle = fill(engine);
            send(engine);

            assertThatThrownBy(() -> receive(engine, 0))
                    .isInstanceOfSatisfying(
                            SqsException.class,
                            refusal -> assertThat(refusal.error()).isEqualTo(SqsError.OVER_LIMIT));
            CompletableFuture<List<Result.ReceivedMessage>> longPoll =
                    CompletableFuture.supplyAsync(() -> receive(engine, 1));
            await("the long poll ends").until(() -> {
                engine.advance(1_000);
                return longPoll.isDone();
            });
            assertThat(longPoll.join()).as("long poll").isEmpty();

            engine.perform(new Request.DeleteMessage("q", handle), Result.Nothing.class);
            assertThat(receive(engine, 0)).as("as many as there is room for").hasSize(1);
        }
    }

    /** As many in flight as there may be, by many hands, so that they share commits; returns the handle of one. */
    private static String fill(TestEngine engine) {
        Queue<String> handles = new ConcurrentLinkedQueue<>();
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            for (int hand = 0; hand < HANDS; hand++) {
                hands.execute(() -> {
                    for (int i = 0; i < Limits.MAX_IN_FLIGHT / BATCH / HANDS; i++) {
                        send(engine);
                        receive(engine, 0).forEach(message -> handles.add(message.receiptHandle()));
                    }
                });
            }
        }
        assertThat(handles).hasSize(Limits.MAX_IN_FLIGHT);
        return handles.element();
    }

    private static void send(TestEngine engine) {
        List<Request.SendMessageBatch.Entry> entries = IntStream.range(0, BATCH)
                .mapToObj(i -> new Request.SendMessageBatch.Entry("i" + i, "m", null, Map.of(), Map.of(), null, null))
                .toList();
        engine.perform(new Request.SendMessageBatch("q", entries), Result.OfSendMessageBatch.class);
    }

    private static List<Result.ReceivedMessage> receive(TestEngine engine, int waitSeconds) {
        return engine.perform(
                        new Request.ReceiveMessage(
                                "q", List.of(), List.of(), List.of(), BATCH, null, waitSeconds, null),
                        Result.OfReceiveMessage.class)
                .messages();
    }
}

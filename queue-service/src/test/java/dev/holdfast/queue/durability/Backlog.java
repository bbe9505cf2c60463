package dev.holdfast.queue.durability;

import dev.holdfast.queue.action.SqsService;
import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.engine.Engine;
import dev.holdfast.queue.queues.QueueSettings;
import dev.holdfast.queue.store.sqlite.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Many messages in a database, put there by the engine itself without HTTP, at an instant of the past. */
final class Backlog implements AutoCloseable {
    private static final int BATCH = 10;

    /** Fewer than the engine lets wait. */
    private static final int BATCHES_AT_ONCE = 1_000;

    private static final String BODY =
            "{\"sku\":\"A-1000\",\"priceMinor\":1999,\"padding\":\"" + "x".repeat(60) + "\"}";
    private static final Call CALL = new Call("000000000000", "http://localhost", new Nobody(), Runnable::run);

    private final Engine engine;
    private final SqsService service;

    private static final class Nobody implements Call.Connection {
        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public void onGone(Runnable action) {
            // Never gone.
        }
    }

    Backlog(Path folder, Duration age) throws SQLException {
        Instant then = Instant.now().minus(age);
        this.engine = new Engine(
                Database.open(folder.resolve("queue.db")),
                new QueueSettings("us-east-1", CALL.account(), false),
                lastKnown -> InstantSource.fixed(then),
                why -> {
                    throw new IllegalStateException(why);
                });
        this.service = new SqsService(engine);
    }

    /** Makes a queue with so many messages. */
    void queue(String name, int messages) {
        Result created = service.perform(new Request.CreateQueue(name, Map.of(), Map.of()), CALL)
                .toCompletableFuture()
                .join();
        String url = ((Result.OfCreateQueue) created).queueUrl();
        List<CompletableFuture<?>> running = new ArrayList<>();
        for (int sent = 0; sent < messages; sent += BATCH) {
            running.add(service.perform(new Request.SendMessageBatch(url, entries()), CALL)
                    .toCompletableFuture());
            if (running.size() == BATCHES_AT_ONCE) {
                running.forEach(CompletableFuture::join);
                running.clear();
            }
        }
        running.forEach(CompletableFuture::join);
    }

    private static List<Request.SendMessageBatch.Entry> entries() {
        List<Request.SendMessageBatch.Entry> entries = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            entries.add(new Request.SendMessageBatch.Entry(
                    Integer.toString(i), BODY, null, Map.of(), Map.of(), null, null));
        }
        return entries;
    }

    @Override
    public void close() throws SQLException {
        engine.close();
    }
}

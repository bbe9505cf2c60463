package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where the engine's time goes without HTTP and JSON: clients that send, receive and delete, on a real file with real syncs.
 * Prints figures and asserts nothing about them; not part of any test run:
 *
 * <pre>./mvnw verify -pl queue-service -Dtest=EngineBenchmark -DskipITs</pre>
 */
class EngineBenchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration MEASURED = Duration.ofSeconds(4);
    private static final String BODY = "x".repeat(1024);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    /** So many clients, each with one request at a time, of so many messages. */
    private record Load(int clients, int batch) {}

    @Test
    void lives() throws SQLException {
        try (TestEngine engine = new TestEngine(folder.resolve("queue.db"))) {
            engine.perform(new Request.CreateQueue("q", Map.of(), Map.of()), Result.OfCreateQueue.class);
            run(engine, new Load(16, 10), WARM_UP);
            System.out.println(
                    "clients  batch  messages/s  requests a commit  writer CPU, µs a message  COMMIT, µs each  share of the time");
            for (Load load : List.of(
                    new Load(1, 1),
                    new Load(16, 1),
                    new Load(64, 1),
                    new Load(1, 10),
                    new Load(16, 10),
                    new Load(64, 10))) {
                measure(engine, load);
            }
        }
    }

    private static void measure(TestEngine engine, Load load) {
        long commits = engine.commits().commits();
        long writes = engine.commits().writes();
        long commitNanos = engine.commits().commitNanos();
        long writerNanos = writerCpuNanos();
        long startNanos = System.nanoTime();
        long messages = run(engine, load, MEASURED);
        double nanos = System.nanoTime() - startNanos;
        commits = engine.commits().commits() - commits;
        commitNanos = engine.commits().commitNanos() - commitNanos;
        System.out.printf(
                "%7d  %5d  %,10.0f  %17.1f  %24.1f  %15.0f  %17.2f%n",
                load.clients,
                load.batch,
                messages / (nanos / 1e9),
                (double) (engine.commits().writes() - writes) / commits,
                (writerCpuNanos() - writerNanos) / 1e3 / messages,
                commitNanos / 1e3 / commits,
                commitNanos / nanos);
    }

    /** Returns how many messages lived. */
    private static long run(TestEngine engine, Load load, Duration duration) {
        AtomicBoolean over = new AtomicBoolean();
        LongAdder lives = new LongAdder();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> clients = IntStream.range(0, load.clients)
                    .mapToObj(client -> CompletableFuture.runAsync(
                            () -> {
                                while (!over.get()) {
                                    lives.add(live(engine, load.batch));
                                }
                            },
                            executor))
                    .toList();
            CompletableFuture.runAsync(
                            () -> over.set(true),
                            CompletableFuture.delayedExecutor(duration.toNanos(), TimeUnit.NANOSECONDS))
                    .join();
            clients.forEach(CompletableFuture::join);
        }
        return lives.sum();
    }

    private static int live(TestEngine engine, int batch) {
        List<Request.SendMessageBatch.Entry> entries = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            entries.add(new Request.SendMessageBatch.Entry(
                    Integer.toString(i), BODY, null, Map.of(), Map.of(), null, null));
        }
        engine.perform(new Request.SendMessageBatch("q", entries), Result.OfSendMessageBatch.class);
        List<Result.ReceivedMessage> received = engine.perform(
                        new Request.ReceiveMessage("q", List.of(), List.of(), List.of(), batch, null, 0, null),
                        Result.OfReceiveMessage.class)
                .messages();
        List<Request.DeleteMessageBatch.Entry> deletes = new ArrayList<>(batch);
        for (int i = 0; i < received.size(); i++) {
            deletes.add(new Request.DeleteMessageBatch.Entry(
                    Integer.toString(i), received.get(i).receiptHandle()));
        }
        engine.perform(new Request.DeleteMessageBatch("q", deletes), Result.OfBatch.class);
        return received.size();
    }

    private static long writerCpuNanos() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().equals("group-commit"))
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }
}

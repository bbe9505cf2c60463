package dev.holdfast.queue.engine;

import dev.holdfast.queue.action.SqsService;
import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.commit.CommitStatistics;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.queues.QueueSettings;
import dev.holdfast.queue.store.sqlite.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A real engine on a real file. */
public final class TestEngine implements AutoCloseable {
    public static final String ACCOUNT = "000000000000";
    private static final int DEADLINE_SECONDS = 30;

    private final Path file;
    private final Clock clock = new Clock();
    private Engine engine;
    private SqsService service;

    public TestEngine(Path file) throws SQLException {
        this.file = file;
        this.engine = open(OptionalLong.empty());
        this.service = new SqsService(engine);
    }

    private Engine open(OptionalLong diskReserveBytes) throws SQLException {
        return new Engine(
                Database.open(file, diskReserveBytes),
                new QueueSettings("us-east-1", ACCOUNT, false),
                lastKnown -> clock,
                why -> {});
    }

    private static final class Clock implements InstantSource {
        private final AtomicLong now = new AtomicLong(1_700_000_000_000L);

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now.get());
        }

        @Override
        public long millis() {
            return now.get();
        }
    }

    /** A client that does not go away. */
    private static final class Stays implements Call.Connection {
        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public void onGone(Runnable action) {}
    }

    public long now() {
        return clock.now.get();
    }

    public void advance(long millis) {
        clock.now.addAndGet(millis);
        engine.groupCommit().wakeUp();
    }

    /**
     * The answer to a request.
     *
     * @throws SqsException as the client would get it
     */
    public <R extends Result> R perform(Request request, Class<R> type) {
        try {
            return type.cast(service.perform(request, new Call(ACCOUNT, "http://localhost", new Stays(), Runnable::run))
                    .toCompletableFuture()
                    .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof SqsException refusal) {
                throw refusal;
            }
            throw e;
        }
    }

    /** What its commits did since the last start. */
    CommitStatistics commits() {
        return engine.groupCommit().statistics();
    }

    /** What the worker does each second, until nothing is left to do. */
    public void housekeep() {
        boolean more = true;
        while (more) {
            more = Operation.submit(engine.groupCommit(), engine.messages()::housekeep)
                    .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    public void restart() throws SQLException {
        restart(OptionalLong.empty());
    }

    /** @param diskReserveBytes more than the disk has makes it short of space */
    public void restart(OptionalLong diskReserveBytes) throws SQLException {
        engine.close();
        engine = open(diskReserveBytes);
        service = new SqsService(engine);
    }

    /** A transaction that fails: memory is built again from disk. */
    public void fail() {
        var failed = Operation.submit(engine.groupCommit(), tx -> {
            throw new FailsForTheTest();
        });
        try {
            failed.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
            throw new AssertionError("it did not fail");
        } catch (CompletionException expected) {
            // So it should.
        }
    }

    /** Without a stack trace: the server writes it to its log. */
    private static final class FailsForTheTest extends RuntimeException {
        private static final long serialVersionUID = 1;

        FailsForTheTest() {
            super("a transaction that fails for the test", null, false, false);
        }
    }

    @Override
    public void close() throws SQLException {
        engine.close();
    }
}

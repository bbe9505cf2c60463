package dev.holdfast.queue.commit;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.store.Halt;
import dev.holdfast.queue.store.Tx;
import dev.holdfast.queue.store.sqlite.Checkpointer;
import dev.holdfast.queue.store.sqlite.Database;
import dev.holdfast.queue.store.sqlite.DiskSpace;
import dev.holdfast.queue.store.sqlite.Headroom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the database.
 *
 * <p>A single thread owns the writing connection. It takes every write that queued up while the last fsync ran, runs them
 * in one transaction, commits, and only then lets their answers go: at low load a write costs one fsync, at high load
 * many share one. There is no timer; the disk sets the pace.
 *
 * <p>Nothing is answered before COMMIT returned. When a transaction fails, it is rolled back, the participant reads the
 * disk again, and the writes of the batch run once more each on its own, so that the one that fails fails alone. A full disk
 * is such a failure; what would fill it further then fails without another try (see {@link DiskSpace}). So does a batch that
 * waited in vain for another process to release the database. An error of the disk itself is never retried: the process
 * halts (see {@link Halt}).
 *
 * <p>What waits is bounded in number and bytes; beyond that {@link #submit} refuses.
 */
public final class GroupCommit implements AutoCloseable {
    /** Writes that may wait: about a second of work on a slow disk. */
    public static final int MAX_WAITING_WRITES = 10_000;

    /** Bytes that may wait: a quarter of the smallest heap that makes sense. */
    public static final long MAX_WAITING_BYTES = 64L << 20;

    /** Writes in one transaction: beyond this a larger batch gains nothing and delays the first answer. */
    private static final int MAX_BATCH = 1_000;

    private static final long PAUSE_AFTER_FAILED_WAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Logger LOG = Logger.getLogger(GroupCommit.class);

    private final Database database;
    private final Connection connection;
    private final Tx tx;
    private final Participant participant;
    private final InstantSource clock;
    private final Halt halt;
    private final Checkpointer checkpointer;
    private final Headroom headroom;
    private final WriteQueue waiting;
    private final WriterTrouble trouble;
    private final CommitStatistics statistics = new CommitStatistics();
    private final Thread writer;

    public GroupCommit(Database database, Participant participant, InstantSource clock, Halt halt) throws SQLException {
        this.database = database;
        this.connection = database.connect();
        this.tx = new Tx(connection);
        this.waiting = new WriteQueue(clock, participant::nextWakeMillis);
        this.trouble = new WriterTrouble(database);
        this.participant = participant;
        this.clock = clock;
        this.halt = halt;
        this.checkpointer = new Checkpointer(database, connection, statistics::commits, this::checkpointFailed);
        this.headroom = new Headroom(database, connection, checkpointer);
        this.writer = new Thread(this::run, "group-commit");
    }

    /** Reads the participant's memory from disk and begins to serve. */
    public void start() throws SQLException {
        tx.start(clock.millis());
        participant.afterRollback(tx);
        writer.start();
        if (database.syncsCommits()) {
            checkpointer.start();
        }
    }

    /**
     * Queues a write. Thread-safe, never blocks.
     *
     * @return false when too much waits already or the writer is closing; the write will then never run
     */
    public boolean submit(Write write) {
        if (!waiting.add(write)) {
            statistics.refused();
            return false;
        }
        if (waiting.isClosed() && !writer.isAlive()) {
            // It came between the writer's last look and its end.
            failWaiting();
        }
        return true;
    }

    private void failWaiting() {
        for (Write write = waiting.poll(); write != null; write = waiting.poll()) {
            write.failed(new IllegalStateException("the server is stopping"));
        }
    }

    /** Makes the writer look at the clock again: for a clock that was set. */
    public void wakeUp() {
        waiting.wakeUp();
    }

    public CommitStatistics statistics() {
        return statistics;
    }

    public int waitingWrites() {
        return waiting.count();
    }

    /** Whether the last write failed because another program holds the database. */
    public boolean isLocked() {
        return trouble.isLocked();
    }

    /** What keeps writes from being committed, in a sentence for the operator; empty when nothing does. */
    public Optional<String> trouble() {
        return trouble.describe();
    }

    private void run() {
        List<Write> batch = new ArrayList<>();
        while (waiting.take(batch, MAX_BATCH)) {
            trouble.batchBegins();
            refuseWithoutRoom(batch);
            Exception failure = commitTogether(batch);
            if (failure != null && Failure.of(failure) == Failure.LOCKED) {
                // Each would wait for the lock as long as all did together.
                batch.forEach(write -> write.failed(failure));
            } else if (failure != null) {
                batch.forEach(this::commitAlone);
            }
            batch.clear();
            checkpointer.afterBatch();
            trouble.batchEnds();
        }
    }

    /** What the disk has no room for fails before it runs, so that SQLite never finds a disk full that nobody else fills. */
    private void refuseWithoutRoom(List<Write> batch) {
        batch.removeIf(write -> {
            boolean admitted = hasRoomFor(write.sizeBytes());
            if (!admitted) {
                waiting.finished(write);
                write.failed(
                        SqsError.SERVICE_UNAVAILABLE.because("The disk of the server is full, and nothing was changed."
                                + " Try again once there is space."));
            }
            return !admitted;
        });
    }

    private boolean hasRoomFor(int bytes) {
        try {
            return headroom.admits(bytes);
        } catch (SQLException e) {
            // The write itself will find out what is wrong.
            return true;
        }
    }

    /** Null when all is committed. */
    private @Nullable Exception commitTogether(List<Write> batch) {
        try {
            commit(batch);
            return null;
        } catch (Exception e) {
            recoverFrom(e);
            if (Failure.of(e) == Failure.LOCKED) {
                trouble.locked();
                LOG.errorf(
                        "event=database-locked writes=%d action=\"end the other program that writes to %s\"",
                        batch.size(), database.file());
            } else if (batch.isEmpty() && Failure.of(e) != Failure.FULL) {
                LOG.errorf(e, "event=timed-work-failed action=retried");
            }
            if (batch.isEmpty()) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILED_WAKE_NANOS);
            }
            return e;
        } finally {
            batch.forEach(waiting::finished);
        }
    }

    private void commitAlone(Write write) {
        if (write.sizeBytes() > 0 && database.diskSpace().view().state() == DiskSpace.State.FULL) {
            write.failed(new SQLException("the disk is full"));
            return;
        }
        try {
            commit(List.of(write));
        } catch (Exception e) {
            recoverFrom(e);
            if (Failure.of(e) != Failure.FULL) {
                LOG.errorf(e, "event=write-failed action=answered-with-an-error");
            }
            write.failed(e);
        }
    }

    private void commit(List<Write> batch) throws SQLException {
        boolean mayWake = hasRoomFor(0);
        tx.start(clock.millis());
        for (Write write : batch) {
            write.run(tx);
        }
        if (waiting.isDue()) {
            if (mayWake) {
                participant.wake(tx);
            } else if (batch.isEmpty()) {
                LockSupport.parkNanos(PAUSE_AFTER_FAILED_WAKE_NANOS);
            }
        }
        participant.beforeCommit(tx);
        long before = System.nanoTime();
        if (tx.commit()) {
            statistics.committed(batch.size(), System.nanoTime() - before);
            trouble.committed();
        }
        for (Runnable action : tx.takeAfterCommit()) {
            runSafely(action);
        }
    }

    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            // The transaction is on disk; a failing listener must not fail its neighbours.
            LOG.error("event=after-commit-failed", e);
        }
    }

    private void recoverFrom(Exception failure) {
        if (Failure.of(failure) == Failure.OF_THE_DISK) {
            haltBecause(failure);
        }
        if (Failure.of(failure) == Failure.FULL) {
            database.diskSpace().filledUp();
        }
        try {
            tx.rollback();
            tx.start(clock.millis());
            participant.afterRollback(tx);
        } catch (SQLException | RuntimeException e) {
            e.addSuppressed(failure);
            haltBecause(e);
        }
    }

    private void haltBecause(Exception failure) {
        LOG.fatalf(failure, "event=halt reason=\"%s\" action=\"restart to read the disk again\"", failure.getMessage());
        halt.halt(String.valueOf(failure.getMessage()));
        throw new IllegalStateException("halted", failure);
    }

    /** A checkpoint failed in the background. It will be tried again, so any failure but these two can wait. */
    private void checkpointFailed(SQLException failure) {
        if (Failure.of(failure) == Failure.OF_THE_DISK) {
            haltBecause(failure);
        } else if (Failure.of(failure) == Failure.FULL) {
            database.diskSpace().filledUp();
        }
    }

    /** Lets what waits finish, closes the connection, and with it the log. */
    @Override
    public void close() throws SQLException {
        waiting.close();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failWaiting();
        checkpointer.close();
        connection.close();
    }
}

package dev.holdfast.queue.store.sqlite;

import java.io.File;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Moves pages from the write-ahead log to the database file, so that the log stays small and no commit pays for it.
 *
 * <p>A thread of its own copies most pages with PASSIVE checkpoints, which never block the writer. But while the writer is
 * busy, there are always newer pages, and the log would never start over; so when it has grown, the writer itself copies
 * the small rest between two batches, after which its next commit begins the log anew. The log is cut only when the
 * writer has nothing to do.
 */
public final class Checkpointer implements AutoCloseable {
    /** Where less than this is free the log is kept small: it would take the space that deletes need. */
    private static final long ROOM_FOR_A_LARGE_LOG_BYTES = 1L << 30;

    /** Log pages beyond which the writer helps: 32 MiB of 8 KiB pages, and 16. */
    private static final int HELP_ABOVE_PAGES = 4_096;

    private static final int HELP_ABOVE_PAGES_WITHOUT_ROOM = 2_048;

    /** Two MiB: while the disk is short of space the log must not grow, and nothing comes in that would have to wait. */
    private static final int HELP_ABOVE_PAGES_WHEN_SHORT = 256;

    /**
     * A log of this size that cannot be folded in, since another program holds a read transaction, takes nothing new: 1 GiB.
     * Receives and deletes go on, as long as the disk has room.
     */
    private static final long MAX_HELD_LOG_BYTES = 1L << 30;

    /** A log that begins anew keeps its size, however few pages it then holds; this much is worth giving back. */
    private static final long WORTH_CUTTING_BYTES = 2 << 20;

    private static final long PERIOD_MILLIS = 50;

    /**
     * With room, a pass in 400 ms: each syncs the database file while commits sync the log of the same disk, and the pages that
     * every commit changes are copied once a pass. With a pass in 50 ms the p99 of a send was twice as long (2.1 instead of 1.0
     * to 1.3 ms, one message a request, 16 connections). The log then grows by what is written in 400 ms.
     */
    private static final int PERIODS_A_PASS = 8;

    /** Without a new commit for so long the log is cut to nothing. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final String PASSIVE = "pragma wal_checkpoint(passive)";
    private static final String TRUNCATE = "pragma wal_checkpoint(truncate)";

    private final File log;
    private final DiskSpace diskSpace;
    private final Connection background;
    private final Connection writer;
    private final Consumer<SQLException> onFailure;
    private final ScheduledExecutorService thread;
    private final LongSupplier commits;
    private volatile boolean helpWanted;
    private volatile boolean cutWanted;
    private final long pageBytes;
    private long commitsSeen;
    private long commitSeenNanos;
    private boolean cut = true;
    private int periods;

    /**
     * @param commits how many transactions were written so far; a batch that only reads is no reason to copy
     */
    public Checkpointer(Database database, Connection writer, LongSupplier commits, Consumer<SQLException> onFailure)
            throws SQLException {
        this.commits = commits;
        this.log = database.walFile().toFile();
        this.diskSpace = database.diskSpace();
        this.background = database.connect();
        this.pageBytes = Pragmas.readLong(background, "page_size");
        this.writer = writer;
        this.onFailure = onFailure;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread t = new Thread(task, "checkpoint");
            t.setDaemon(true);
            return t;
        });
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(
                this::copyInBackground, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void copyInBackground() {
        boolean hasRoom = diskSpace.view().freeBytes() >= ROOM_FOR_A_LARGE_LOG_BYTES;
        periods++;
        if (hasRoom && periods % PERIODS_A_PASS != 0) {
            return;
        }
        try {
            long seen = commits.getAsLong();
            if (seen != commitsSeen) {
                commitsSeen = seen;
                commitSeenNanos = System.nanoTime();
                cut = false;
            } else {
                cutWhenIdle();
                return;
            }
            Progress progress = fold(PASSIVE, background);
            helpWanted = progress.inLog > helpAbovePages(hasRoom);
            cutWanted = diskSpace.isShort() && progress.isWhole() && log.length() > WORTH_CUTTING_BYTES;
            diskSpace.logIsHeld(heldBytes(progress));
        } catch (SQLException e) {
            onFailure.accept(e);
        }
    }

    private int helpAbovePages(boolean hasRoom) {
        if (diskSpace.isShort()) {
            return HELP_ABOVE_PAGES_WHEN_SHORT;
        }
        return hasRoom ? HELP_ABOVE_PAGES : HELP_ABOVE_PAGES_WITHOUT_ROOM;
    }

    private void cutWhenIdle() throws SQLException {
        if (!cut && System.nanoTime() - commitSeenNanos >= IDLE_NANOS) {
            cut = true;
            if (log.length() > WORTH_CUTTING_BYTES) {
                Progress progress = cutNow(background);
                diskSpace.logIsHeld(heldBytes(progress));
                // While a reader holds it, it is tried again as long as the space is needed.
                cut = progress.isWhole() || !diskSpace.isShort();
            }
        }
    }

    /** Gives back what the log has room for, if nobody reads; called by the writer, outside a transaction, when it has no other. */
    void makeRoom() {
        try {
            if (log.length() > WORTH_CUTTING_BYTES) {
                var unused = cutNow(writer);
            }
        } catch (SQLException e) {
            onFailure.accept(e);
        }
    }

    /** Called by the writer between two batches. */
    public void afterBatch() {
        try {
            if (cutWanted) {
                cutWanted = false;
                helpWanted = false;
                var unused = cutNow(writer);
            } else if (helpWanted) {
                helpWanted = false;
                var unused = fold(PASSIVE, writer);
            }
        } catch (SQLException e) {
            onFailure.accept(e);
        }
    }

    /** Gives the log's space back. Does not wait for readers: it would keep the writer waiting with it. */
    private static Progress cutNow(Connection connection) throws SQLException {
        Pragmas.waitForLocks(connection, false);
        try {
            return fold(TRUNCATE, connection);
        } finally {
            Pragmas.waitForLocks(connection, true);
        }
    }

    /** @param folded how many of the log's pages are in the database file too */
    private record Progress(boolean busy, int inLog, int folded) {
        /** Whether the next commit can begin the log anew. */
        boolean isWhole() {
            return !busy && folded >= inLog;
        }
    }

    private long heldBytes(Progress progress) {
        long bytes = progress.inLog * pageBytes;
        return bytes > MAX_HELD_LOG_BYTES && !progress.isWhole() ? bytes : 0;
    }

    /** Prepared each time: the driver closes a statement that has failed, as on a full disk. */
    private static Progress fold(String checkpoint, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(checkpoint)) {
            return row.next()
                    ? new Progress(row.getInt(1) != 0, Math.max(0, row.getInt(2)), Math.max(0, row.getInt(3)))
                    : new Progress(false, 0, 0);
        }
    }

    @Override
    public void close() throws SQLException {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        background.close();
    }
}

package dev.holdfast.kit.sqlite;

import static dev.holdfast.kit.sqlite.Connections.execute;

import dev.holdfast.kit.start.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file of a service. Two connections, one that writes and one that reads, each used by one thread at a time; safe for any
 * number of threads, and for several processes on the same file.
 *
 * <p>A write is one {@code BEGIN IMMEDIATE … COMMIT}, as durable as its {@link DatabaseKind} says before {@link #write} returns. It takes
 * the write lock at its start: a transaction that reads first and takes it later can find that somebody else wrote in between, which no
 * waiting resolves.
 */
public final class Database implements AutoCloseable {
    /** Others hold the lock for one transaction, some tenths of a second; ten seconds means that something hangs. */
    private static final Duration BUSY_PATIENCE = Duration.ofSeconds(10);

    /**
     * After a write the lock is left free for a twentieth of the time that it was held. SQLite's lock has no queue of waiters: one that
     * takes it again at once, all day, shuts every other process out.
     */
    private static final int REST_PART = 20;

    private final Path file;
    private final Connection writing;
    private final Connection reading;
    private final Tx writer;
    private final Tx reader;
    private final ReentrantLock writeLock = new ReentrantLock(true);
    private final ReentrantLock readLock = new ReentrantLock();

    private Database(Path file, Connection writing, Connection reading) {
        this.file = file;
        this.writing = writing;
        this.reading = reading;
        writer = new Tx(writing);
        reader = new Tx(reading);
    }

    /** What is done inside a transaction. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T in(Tx tx) throws SQLException;
    }

    /**
     * Opens the file, creating it and its folder where they are missing, and brings its schema up to date.
     *
     * @throws UnusableDatabaseException for a file that cannot serve
     */
    public static Database open(Path file, DatabaseKind kind) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            DataFolder.writable(folder);
        }
        DatabaseFile.check(file, kind);
        try {
            Connection writing = Connections.readWrite(file, BUSY_PATIENCE);
            try {
                Connections.refuseOldSqlite(writing);
                Schema.setUp(writing, kind);
                Schema.migrate(file, writing, kind);
                return new Database(file, writing, Connections.readOnly(file, BUSY_PATIENCE));
            } catch (SQLException | RuntimeException e) {
                writing.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new UnusableDatabaseException(file + " cannot be opened as " + kind.name() + ": " + e.getMessage()
                    + "; restore it from a backup, or move it away to begin a new one");
        }
    }

    /**
     * Opens an existing file for reading only, for a look beside the service that writes it.
     *
     * @throws UnusableDatabaseException for a file that cannot serve
     */
    public static Database openReadOnly(Path file, DatabaseKind kind) {
        if (!Files.exists(file)) {
            throw new UnusableDatabaseException(
                    file + " does not exist; set " + kind.setting() + " or HOLDFAST_DATA_DIR to where the data is");
        }
        DatabaseFile.check(file, kind);
        try {
            Connection reading = Connections.readOnly(file, BUSY_PATIENCE);
            int version = Schema.versionOf(reading);
            if (version != kind.version()) {
                reading.close();
                throw new UnusableDatabaseException(
                        file + " has schema version " + version + ", this program reads version " + kind.version());
            }
            return new Database(file, reading, reading);
        } catch (SQLException e) {
            throw new UnusableDatabaseException(file + " cannot be read: " + e.getMessage());
        }
    }

    /** Runs the work and commits it; when it throws, nothing of it remains. Other writers wait meanwhile: keep it short. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        writeLock.lock();
        try {
            execute(writing, "begin immediate");
            long heldSinceNanos = System.nanoTime();
            try {
                T result = work.in(writer);
                execute(writing, "commit");
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(e);
                throw e;
            } finally {
                LockSupport.parkNanos((System.nanoTime() - heldSinceNanos) / REST_PART);
            }
        } catch (SQLException e) {
            throw new DatabaseException("the database did not take the transaction", e);
        } finally {
            writeLock.unlock();
        }
    }

    /** Runs the work on one snapshot, beside writers. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        readLock.lock();
        try {
            execute(reading, "begin");
            try {
                return work.in(reader);
            } finally {
                execute(reading, "rollback");
            }
        } catch (SQLException e) {
            throw new DatabaseException("the database could not be read", e);
        } finally {
            readLock.unlock();
        }
    }

    public Path file() {
        return file;
    }

    /** Size of the file with its write-ahead log, in bytes. */
    public long sizeBytes() {
        return file.toFile().length()
                + file.resolveSibling(file.getFileName() + "-wal").toFile().length();
    }

    /** Closes after the transaction in hand; the last one to close a file folds its write-ahead log into it. */
    @Override
    public void close() {
        writeLock.lock();
        readLock.lock();
        try {
            reading.close();
            writing.close();
        } catch (SQLException e) {
            throw new DatabaseException("the database did not close", e);
        } finally {
            readLock.unlock();
            writeLock.unlock();
        }
    }

    private void rollBack(Exception cause) {
        try {
            execute(writing, "rollback");
        } catch (SQLException e) {
            // SQLite rolls back by itself on some errors, and then says that there is nothing to roll back.
            cause.addSuppressed(e);
        }
    }
}

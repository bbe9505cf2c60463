package dev.holdfast.consumer.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * The consumer's SQLite file. Two connections, one that writes and one that reads, each used by one thread at a time; safe for any
 * number of threads, and for several processes on the same file.
 *
 * <p>A write is one {@code BEGIN IMMEDIATE … COMMIT}, synced before {@link #write} returns. It takes the write lock at its start: a
 * transaction that reads first and takes it later can find that somebody else wrote in between, which no waiting resolves.
 */
public final class Database implements AutoCloseable {
    /** The versions of the schema, as numbered files below {@code /db}; the file's {@code user_version} says how many it has. */
    private static final int SCHEMA_VERSION = 1;

    /** The first without the WAL-reset bug, which can damage a database that two connections write and checkpoint at once. */
    private static final int[] OLDEST_SQLITE = {3, 51, 3};

    /** Other consumers hold the lock for one transaction, some tenths of a second; ten seconds means that something hangs. */
    private static final Duration BUSY_PATIENCE = Duration.ofSeconds(10);

    /** How often a waiting writer tries: more often than the shortest rest of one that has much to write. */
    private static final Duration BUSY_LOOK = Duration.ofMillis(1);

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

    /** Opens the file, creating it and its folder where they are missing, and brings its schema up to date. */
    public static Database open(Path file) throws UnusableDatabaseException {
        createFolderOf(file);
        DatabaseFile.check(file);
        try {
            Connection writing = connect(file, false);
            try {
                refuseOldSqlite(writing);
                setUp(writing);
                migrate(file, writing);
                return new Database(file, writing, connect(file, true));
            } catch (SQLException | UnusableDatabaseException e) {
                writing.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new UnusableDatabaseException(
                    file + " cannot be opened as the consumer's database: " + e.getMessage());
        }
    }

    /** Opens an existing file for reading only, for a look beside a running consumer. */
    public static Database openReadOnly(Path file) throws UnusableDatabaseException {
        if (!Files.exists(file)) {
            throw new UnusableDatabaseException(file
                    + " does not exist; set consumer.database or HOLDFAST_DATA_DIR to where the consumer's data is");
        }
        DatabaseFile.check(file);
        try {
            Connection reading = connect(file, true);
            int version = userVersion(reading);
            if (version != SCHEMA_VERSION) {
                reading.close();
                throw new UnusableDatabaseException(
                        file + " has schema version " + version + ", this program reads version " + SCHEMA_VERSION);
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

    private static void createFolderOf(Path file) throws UnusableDatabaseException {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new UnusableDatabaseException(
                    "the folder " + folder + " cannot be made (" + e + "); set HOLDFAST_DATA_DIR to one that can");
        }
    }

    private static Connection connect(Path file, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // Otherwise the driver prepares and runs another select after each statement that changes a row: measured, a
        // quarter of a transaction's time.
        config.setGetGeneratedKeys(false);
        if (readOnly) {
            config.setReadOnly(true);
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        // Transactions are ours to begin and end: the driver's would begin deferred, whatever the work.
        Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        BusyHandler.setHandler(connection, new BusyHandler() {
            @Override
            protected int callback(int tries) {
                // An interrupted thread does not wait, and is told soon that the database is busy.
                LockSupport.parkNanos(BUSY_LOOK.toNanos());
                return tries < BUSY_PATIENCE.dividedBy(BUSY_LOOK) ? 1 : 0;
            }
        });
        connection.setAutoCommit(true);
        return connection;
    }

    private static void refuseOldSqlite(Connection connection) throws SQLException, UnusableDatabaseException {
        String version = text(connection, "select sqlite_version()");
        String[] parts = version.split("\\.", -1);
        for (int i = 0; i < OLDEST_SQLITE.length; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > OLDEST_SQLITE[i]) {
                return;
            }
            if (part < OLDEST_SQLITE[i]) {
                throw new UnusableDatabaseException("SQLite " + version
                        + " is on the class path, but before 3.51.3 it can damage a database; use a newer sqlite-jdbc");
            }
        }
    }

    private static void setUp(Connection connection) throws SQLException {
        if (Integer.parseInt(text(connection, "pragma application_id")) != DatabaseFile.APPLICATION_ID) {
            // Before the journal mode: so it goes into the file itself, where DatabaseFile looks, and not into a log
            // beside it.
            execute(connection, "pragma application_id = " + DatabaseFile.APPLICATION_ID);
        }
        // Readers never wait for the writer, nor it for them.
        set(connection, "journal_mode", "wal", "wal");
        // FULL syncs each commit. With NORMAL a power cut could take back a commit whose messages are already deleted
        // from the queue.
        set(connection, "synchronous", "full", "2");
        set(connection, "foreign_keys", "on", "1");
        // A long look at the file (verify) holds back checkpoints; the log shrinks again to this after it.
        set(connection, "journal_size_limit", "67108864", "67108864");
    }

    private static void set(Connection connection, String pragma, String value, String readBack) throws SQLException {
        execute(connection, "pragma " + pragma + " = " + value);
        String actual = text(connection, "pragma " + pragma);
        if (!actual.equals(readBack)) {
            throw new SQLException("pragma " + pragma + " stays at " + actual + " where " + value + " is needed");
        }
    }

    private static void migrate(Path file, Connection connection) throws SQLException, UnusableDatabaseException {
        // Immediate: of several consumers that start on a new file, one makes the schema and the others find it.
        execute(connection, "begin immediate");
        try {
            int version = userVersion(connection);
            if (version > SCHEMA_VERSION) {
                throw new UnusableDatabaseException(file + " was written by a newer version (schema " + version
                        + ", known is " + SCHEMA_VERSION + "); use that, or another file");
            }
            for (int next = version + 1; next <= SCHEMA_VERSION; next++) {
                execute(connection, script(next));
                execute(connection, "pragma user_version = " + next);
            }
            execute(connection, "commit");
        } catch (SQLException | UnusableDatabaseException e) {
            execute(connection, "rollback");
            throw e;
        }
    }

    private static String script(int version) {
        try (InputStream sql = Database.class.getResourceAsStream("/db/" + version + ".sql")) {
            if (sql == null) {
                throw new IllegalStateException("schema " + version + " is missing in the jar");
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int userVersion(Connection connection) throws SQLException {
        return Integer.parseInt(text(connection, "pragma user_version"));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

package dev.holdfast.queue.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The database file: opened once per process, guarded against a second server, brought to the current schema, and asked
 * for connections.
 */
public final class Database implements AutoCloseable {
    /** The schema's versions in order; the database's user_version says how many have run. */
    private static final List<String> MIGRATIONS =
            List.of("1-queues-and-messages.sql", "2-fifo.sql", "3-move-tasks.sql");

    /** The first SQLite without the WAL-reset corruption race (sqlite.org, "The WAL-Reset Bug"). */
    private static final int OLDEST_SQLITE = 3_051_003;

    /** A Java property, not a setting: only the test that proves that the power-cut test can fail gives it. */
    private static final String SYNCHRONOUS_UNDER_TEST = "queue-service.under-test.synchronous";

    private static final Logger LOG = Logger.getLogger(Database.class);

    private final Path file;
    private final Pragmas.Synchronous synchronous;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final boolean existed;
    private final DiskSpace diskSpace;

    private Database(
            Path file,
            Pragmas.Synchronous synchronous,
            FileChannel lockFile,
            FileLock lock,
            boolean existed,
            DiskSpace diskSpace) {
        this.file = file;
        this.synchronous = synchronous;
        this.lockFile = lockFile;
        this.lock = lock;
        this.existed = existed;
        this.diskSpace = diskSpace;
    }

    /** As {@link #open(Path, OptionalLong)}, with the default reserve. */
    public static Database open(Path file) {
        return open(file, OptionalLong.empty());
    }

    /**
     * Opens or creates the file and brings its schema up to date.
     *
     * @param diskReserveBytes see {@link DiskSpace}
     * @throws DatabaseUnusable with a sentence for the operator: in use by another server, from a newer version, damaged,
     *     not a database, or not writable. The file is then untouched.
     */
    public static Database open(Path file, OptionalLong diskReserveBytes) {
        FileChannel lockFile = null;
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder == null) {
                throw new DatabaseUnusable(file + " is not a file. Set HOLDFAST_DATA_DIR to a folder.");
            }
            Files.createDirectories(folder);
            // A lock of its own: closing any descriptor of the database file would drop SQLite's locks on it.
            lockFile = FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(lockFile);
            if (lock == null) {
                throw new DatabaseUnusable("Another queue-service uses " + file
                        + ". Stop it, or give this one its own HOLDFAST_DATA_DIR.");
            }
            boolean existed = Files.exists(file) && Files.size(file) > 0;
            DiskSpace diskSpace = new DiskSpace(file, folder, diskReserveBytes);
            Database database = new Database(file, synchronousMode(), lockFile, lock, existed, diskSpace);
            database.prepare();
            return database;
        } catch (IOException | SQLException | DatabaseUnusable e) {
            closeQuietly(lockFile);
            throw e instanceof DatabaseUnusable unusable ? unusable : unusable(file, e);
        }
    }

    private static Pragmas.Synchronous synchronousMode() {
        String underTest = System.getProperty(SYNCHRONOUS_UNDER_TEST);
        if (underTest == null) {
            return Pragmas.Synchronous.FULL;
        }
        LOG.warnf("event=not-durable synchronous=%s reason=\"%s is set\"", underTest, SYNCHRONOUS_UNDER_TEST);
        return Pragmas.Synchronous.valueOf(underTest);
    }

    private static DatabaseUnusable unusable(Path file, Exception cause) {
        return new DatabaseUnusable(
                "Cannot use " + file + ": " + cause.getMessage()
                        + ". Check its permissions and free space, restore it from a backup, or set HOLDFAST_DATA_DIR to another folder.");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    public Path file() {
        return file;
    }

    /** The write-ahead log beside the file. */
    public Path walFile() {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Where SQLite's connections agree on what is in the log; as long as any is open. */
    Path sharedMemoryFile() {
        return file.resolveSibling(file.getFileName() + "-shm");
    }

    /** Whether the file held a database before this start. */
    public boolean existed() {
        return existed;
    }

    /** How much room its disk has. */
    public DiskSpace diskSpace() {
        return diskSpace;
    }

    public String synchronous() {
        return synchronous.name();
    }

    /** A connection to a file that nobody writes to, a backup. The caller closes it. */
    static Connection readOnly(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    /** Whether a commit is on disk when it returns; false in one test only. */
    public boolean syncsCommits() {
        return synchronous == Pragmas.Synchronous.FULL;
    }

    /** A new connection with every pragma set and read back. The caller closes it. */
    public Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // The driver would ask SQLite for the last row id after every insert.
        config.setGetGeneratedKeys(false);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            Pragmas.of(connection, synchronous);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void prepare() throws SQLException {
        // No pragma that writes runs before the file is known to be ours and not from the future.
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            requireRecentSqlite(connection);
            long version = Pragmas.readLong(connection, "user_version");
            if (version > MIGRATIONS.size()) {
                throw new DatabaseUnusable(file + " was written by a newer Holdfast (schema " + version
                        + ", this one knows " + MIGRATIONS.size() + "). Start that version, or restore a backup.");
            }
            if (version == 0 && hasTables(connection)) {
                throw new DatabaseUnusable(
                        file + " is a database of something else. Set HOLDFAST_DATA_DIR to another folder.");
            }
            if (version == 0) {
                Pragmas.beforeFirstTable(connection);
            }
            Pragmas.of(connection, synchronous);
            for (int next = (int) version; next < MIGRATIONS.size(); next++) {
                migrate(connection, MIGRATIONS.get(next), next + 1);
            }
        }
    }

    private static void requireRecentSqlite(Connection connection) throws SQLException {
        String version = connection.getMetaData().getDatabaseProductVersion();
        String[] parts = version.split("\\.", -1);
        int number = Integer.parseInt(parts[0]) * 1_000_000
                + Integer.parseInt(parts[1]) * 1_000
                + Integer.parseInt(parts[2]);
        if (number < OLDEST_SQLITE) {
            throw new DatabaseUnusable(
                    "SQLite " + version
                            + " can corrupt a database in WAL mode; Holdfast needs 3.51.3 or newer. Use the sqlite-jdbc this version was built with.");
        }
    }

    private static boolean hasTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from sqlite_schema")) {
            return row.next() && row.getInt(1) > 0;
        }
    }

    private static void migrate(Connection connection, String script, int version) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("begin immediate");
            try {
                for (String sql : resource("/db/" + script).split(";\\s*\\n", -1)) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
                statement.execute("pragma user_version = " + version);
                statement.execute("commit");
            } catch (SQLException e) {
                statement.execute("rollback");
                throw e;
            }
        }
    }

    private static String resource(String name) {
        try (InputStream in = Database.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("unreadable resource " + name, e);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The process ends with a clearer error anyway.
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
        } catch (IOException e) {
            // Closing the channel drops the lock as well.
        }
        closeQuietly(lockFile);
    }
}

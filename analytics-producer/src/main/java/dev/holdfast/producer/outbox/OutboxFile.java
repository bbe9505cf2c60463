package dev.holdfast.producer.outbox;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;

/** Opens the SQLite file of the outbox: makes a new one, or refuses what is not an outbox without touching it. */
final class OutboxFile {
    /** "HFpr": marks the file as an outbox of this producer. */
    private static final int APPLICATION_ID = 0x48467072;

    private static final int SCHEMA_VERSION = 1;
    private static final byte[] SQLITE_MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 100;
    private static final int USER_VERSION_OFFSET = 60;
    private static final int APPLICATION_ID_OFFSET = 68;

    /** Before 3.51.3 SQLite could corrupt a database in WAL mode (sqlite.org, "WAL-reset bug"). */
    private static final int[] OLDEST_SQLITE = {3, 51, 3};

    private OutboxFile() {}

    static Connection open(Path file) throws OutboxUnusable {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.createDirectories(folder);
            if (!Files.exists(file) || Files.size(file) == 0) {
                create(file, folder);
            }
            checkHeader(file);
        } catch (IOException e) {
            throw new OutboxUnusable("Cannot use the outbox " + file + ": " + e
                    + ". Check the folder's permissions, or name another by HOLDFAST_DATA_DIR.");
        } catch (SQLException e) {
            throw new OutboxUnusable("Cannot create the outbox " + file + ": " + e.getMessage());
        }
        try {
            return connect(file);
        } catch (SQLException e) {
            throw new OutboxUnusable("Cannot open the outbox " + file + ": " + e.getMessage()
                    + ". Restore it from a backup, or move it away to begin a new one.");
        }
    }

    /** Built under another name and renamed, so that a crash half-way leaves nothing that looks like an outbox. */
    private static void create(Path file, Path folder) throws IOException, SQLException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.deleteIfExists(unfinished.resolveSibling(unfinished.getFileName() + "-journal"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + unfinished);
                var statement = connection.createStatement()) {
            statement.execute("pragma synchronous = full");
            statement.execute("pragma application_id = " + APPLICATION_ID);
            statement.execute("pragma user_version = " + SCHEMA_VERSION);
            for (String table : OutboxSchema.TABLES) {
                statement.execute(table);
            }
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true); // The rename itself has to survive a power failure.
        }
    }

    /** Reads the bytes, because SQLite would already leave its own files beside a stranger's. */
    private static void checkHeader(Path file) throws IOException, OutboxUnusable {
        byte[] header = new byte[HEADER_BYTES];
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() < HEADER_BYTES) {
                throw new OutboxUnusable(foreign(file, "is not a SQLite database"));
            }
            in.readFully(header);
        }
        if (!Arrays.equals(Arrays.copyOf(header, SQLITE_MAGIC.length), SQLITE_MAGIC)) {
            throw new OutboxUnusable(foreign(file, "is not a SQLite database"));
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        if (fields.getInt(APPLICATION_ID_OFFSET) != APPLICATION_ID) {
            throw new OutboxUnusable(foreign(file, "is a SQLite database, but not an outbox of this producer"));
        }
        int version = fields.getInt(USER_VERSION_OFFSET);
        if (version != SCHEMA_VERSION) {
            throw new OutboxUnusable("The outbox " + file + " has schema version " + version + ", this program knows "
                    + SCHEMA_VERSION + ". Start the newer program, or move the file away to begin a new outbox.");
        }
    }

    private static String foreign(Path file, String why) {
        return "The file " + file + " " + why + ". Move it away, or name another folder by HOLDFAST_DATA_DIR.";
    }

    private static Connection connect(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        try {
            refuseOldSqlite(connection);
            // Another process may look into the file for a moment.
            pragma(connection, "busy_timeout", "5000", "5000");
            // A reader never stops the writer.
            pragma(connection, "journal_mode", "wal", "wal");
            // Synced at every commit: an event is sent only once it is sure to be remembered.
            pragma(connection, "synchronous", "full", "2");
            // Memory-mapped writes can turn a stray pointer into damage on disk.
            pragma(connection, "mmap_size", "0", "0");
            // The WAL gives its space back after a long reader held it up.
            pragma(connection, "journal_size_limit", "16777216", "16777216");
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Sets and reads back: a pragma that SQLite does not accept is ignored in silence. */
    private static void pragma(Connection connection, String name, String value, String expected) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("pragma " + name + " = " + value);
            String actual = text(connection, "pragma " + name);
            if (!expected.equalsIgnoreCase(actual)) {
                throw new SQLException("pragma " + name + " is " + actual + ", not " + expected);
            }
        }
    }

    private static void refuseOldSqlite(Connection connection) throws SQLException {
        String version = text(connection, "select sqlite_version()");
        int[] parts = Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        if (Arrays.compare(parts, OLDEST_SQLITE) < 0) {
            throw new SQLException("SQLite " + version + " is older than 3.51.3 and can corrupt the file");
        }
    }

    /** A pragma that has no answer (mmap_size without mapping) reads as 0. */
    private static String text(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "0";
        }
    }
}

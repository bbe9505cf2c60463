package dev.holdfast.kit.sqlite;

import static dev.holdfast.kit.sqlite.Connections.execute;
import static dev.holdfast.kit.sqlite.Connections.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Marks a file as of its kind, sets its pragmas, and brings its schema up to date by numbered scripts. */
final class Schema {
    private Schema() {}

    static void setUp(Connection connection, DatabaseKind kind) throws SQLException {
        if (Integer.parseInt(text(connection, "pragma application_id")) != kind.applicationId()) {
            // Before the journal mode: so it goes into the file itself, where DatabaseFile looks, and not into a log
            // beside it.
            execute(connection, "pragma application_id = " + kind.applicationId());
        }
        // Readers never wait for the writer, nor it for them.
        set(connection, "journal_mode", "wal", "wal");
        set(connection, "synchronous", kind.durability().synchronous, kind.durability().readBack);
        set(connection, "foreign_keys", "on", "1");
        // A long look at the file holds back checkpoints; the log shrinks again to this after it.
        set(connection, "journal_size_limit", "67108864", "67108864");
    }

    /** Sets and reads back: a pragma that SQLite does not accept is ignored in silence. */
    private static void set(Connection connection, String pragma, String value, String readBack) throws SQLException {
        execute(connection, "pragma " + pragma + " = " + value);
        String actual = text(connection, "pragma " + pragma);
        if (!actual.equals(readBack)) {
            throw new SQLException("pragma " + pragma + " stays at " + actual + " where " + value + " is needed");
        }
    }

    static void migrate(Path file, Connection connection, DatabaseKind kind) throws SQLException {
        // Immediate: of several processes that start on a new file, one makes the schema and the others find it.
        execute(connection, "begin immediate");
        try {
            int version = versionOf(connection);
            if (version > kind.version()) {
                throw new UnusableDatabaseException(file + " was written by a newer version (schema " + version
                        + ", known is " + kind.version() + "); use that, or another file");
            }
            for (int next = version + 1; next <= kind.version(); next++) {
                execute(connection, script(kind.scripts() + "/" + next + ".sql"));
                execute(connection, "pragma user_version = " + next);
            }
            execute(connection, "commit");
        } catch (SQLException | RuntimeException e) {
            execute(connection, "rollback");
            throw e;
        }
    }

    static int versionOf(Connection connection) throws SQLException {
        return Integer.parseInt(text(connection, "pragma user_version"));
    }

    /** Scripts lie in the service's jar, which its threads' class loader knows. */
    private static String script(String path) {
        String name = path.substring(1);
        try (InputStream sql = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
            if (sql == null) {
                throw new IllegalStateException("the script " + name + " is missing in the jar");
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.holdfast.queue.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The settings of every connection, each with its reason; all are read back, since SQLite ignores what it cannot do. */
final class Pragmas {

    /** How hard a commit waits for the disk. */
    enum Synchronous {
        /** For the test that proves the power-cut test can fail, and nothing else. */
        NORMAL(1),
        FULL(2);

        private final int code;

        Synchronous(int code) {
            this.code = code;
        }
    }

    private Pragmas() {}

    /** Before the first table exists; changing these later means a full VACUUM. */
    static void beforeFirstTable(Connection connection) throws SQLException {
        // 8 KiB: seven messages of 1 KiB share a leaf, and a page of the log is two system calls whatever its size.
        // 16 KiB showed no further gain.
        set(connection, "page_size", "8192", "8192");
        // The space of deleted messages can be given back in small steps.
        set(connection, "auto_vacuum", "incremental", "2");
    }

    static void of(Connection connection, Synchronous synchronous) throws SQLException {
        // Readers never block the writer, and a commit is one append and one fsync.
        set(connection, "journal_mode", "wal", "wal");
        // FULL syncs the log in every commit: what is acknowledged survives a power cut.
        set(connection, "synchronous", synchronous.name(), Integer.toString(synchronous.code));
        // On macOS fsync does not reach the platter without this; elsewhere it changes nothing.
        set(connection, "fullfsync", "1", "1");
        // The checkpointer decides when pages move to the database file, not the commit of an unlucky sender.
        set(connection, "wal_autocheckpoint", "0", "0");
        // A mapped file turned a recoverable bug into corruption in the field ("How To Corrupt An SQLite Database
        // File").
        set(connection, "mmap_size", "0", "0");
        // 64 MiB of pages: what is in flight stays in memory.
        set(connection, "cache_size", "-65536", "-65536");
        // A statement that sorts does so in memory, not in a file of a directory that may be missing.
        set(connection, "temp_store", "memory", "2");
        waitForLocks(connection, true);
    }

    /** Only a backup or a checkpoint holds a lock, and only briefly: ten seconds, or not at all. */
    static void waitForLocks(Connection connection, boolean wait) throws SQLException {
        String millis = wait ? "10000" : "0";
        set(connection, "busy_timeout", millis, millis);
    }

    static long readLong(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("pragma " + pragma)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static void set(Connection connection, String name, String value, String expected) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma " + name + " = " + value);
            try (ResultSet row = statement.executeQuery("pragma " + name)) {
                String actual = row.next() ? row.getString(1).toLowerCase(Locale.ROOT) : "nothing";
                if (!actual.equals(expected)) {
                    throw new SQLException("SQLite refused pragma " + name + " = " + value + ": it is " + actual);
                }
            }
        }
    }
}

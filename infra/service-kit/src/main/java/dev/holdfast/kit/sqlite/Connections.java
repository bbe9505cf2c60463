package dev.holdfast.kit.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Opens connections to SQLite files. Transactions are the caller's to begin and end. */
public final class Connections {
    /** The first without the WAL-reset bug, which can damage a database that two connections write and checkpoint at once. */
    private static final int[] OLDEST_SQLITE = {3, 51, 3};

    /** How often a waiting writer tries: more often than the shortest rest of one that has much to write. */
    private static final Duration BUSY_LOOK = Duration.ofMillis(1);

    private Connections() {}

    /** @param patience how long a statement waits for a lock that another connection holds */
    static Connection readWrite(Path file, Duration patience) throws SQLException {
        return connect(file, patience, new SQLiteConfig());
    }

    /** Never makes a file, and changes nothing in one. */
    public static Connection readOnly(Path file, Duration patience) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return connect(file, patience, config);
    }

    private static Connection connect(Path file, Duration patience, SQLiteConfig config) throws SQLException {
        // Otherwise the driver prepares and runs another select after each statement that changes a row: measured, a
        // quarter of a transaction's time.
        config.setGetGeneratedKeys(false);
        Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        BusyHandler.setHandler(connection, new BusyHandler() {
            @Override
            protected int callback(int tries) {
                // An interrupted thread does not wait, and is told soon that the database is busy.
                LockSupport.parkNanos(BUSY_LOOK.toNanos());
                return tries < patience.dividedBy(BUSY_LOOK) ? 1 : 0;
            }
        });
        connection.setAutoCommit(true);
        return connection;
    }

    static void refuseOldSqlite(Connection connection) throws SQLException {
        String version = text(connection, "select sqlite_version()");
        int[] parts = Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        if (Arrays.compare(parts, OLDEST_SQLITE) < 0) {
            throw new UnusableDatabaseException("SQLite " + version
                    + " is on the class path, but before 3.51.3 it can damage a database; use a newer sqlite-jdbc");
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

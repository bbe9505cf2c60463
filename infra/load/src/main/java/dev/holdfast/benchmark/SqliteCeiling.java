package dev.holdfast.benchmark;

import dev.holdfast.benchmark.scenario.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;

/** How many lives a second SQLite gives one Java thread with the plainest table for a queue: what a server on top cannot exceed without another layout. */
final class SqliteCeiling {
    private static final int BODY_BYTES = 1024;
    private static final Duration RUN_UP = Duration.ofSeconds(1);

    private SqliteCeiling() {}

    /** Sends, receives and deletes {@code messages} at a time, each in one synced transaction. */
    static Map<Metric, Double> measure(int messages, Duration duration) {
        try {
            Path folder = Files.createTempDirectory("holdfast-benchmark-sqlite");
            try (Connection connection = open(folder.resolve("queue.db"))) {
                prepare(connection);
                lives(connection, messages, RUN_UP);
                return Map.of(Metric.RATE, lives(connection, messages, duration));
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("SQLite refused: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        // Otherwise the driver prepares and runs "select last_insert_rowid()" after every insert.
        config.setGetGeneratedKeys(false);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("""
                    create table message (
                      id integer primary key,
                      queue integer not null,
                      visible_at integer not null,
                      receive_count integer not null,
                      body blob not null
                    ) strict
                    """);
            statement.execute("create index receivable on message (queue, visible_at)");
        }
        connection.setAutoCommit(false);
    }

    private static double lives(Connection connection, int messages, Duration duration) throws SQLException {
        long done = 0;
        byte[] body = new byte[BODY_BYTES];
        long[] ids = new long[messages];
        long startNanos = System.nanoTime();
        long endNanos = startNanos + duration.toNanos();
        try (PreparedStatement insert = connection.prepareStatement(
                        "insert into message (queue, visible_at, receive_count, body) values (1, 0, 0, ?)");
                PreparedStatement select = connection.prepareStatement(
                        "select id, body from message where queue = 1 and visible_at <= 1 order by visible_at limit ?");
                PreparedStatement lease = connection.prepareStatement(
                        "update message set visible_at = 2, receive_count = receive_count + 1 where id = ?");
                PreparedStatement delete = connection.prepareStatement("delete from message where id = ?")) {
            while (System.nanoTime() < endNanos) {
                for (int i = 0; i < messages; i++) {
                    insert.setBytes(1, body);
                    insert.executeUpdate();
                }
                connection.commit();
                int found = receive(select, messages, ids);
                each(lease, ids, found);
                connection.commit();
                each(delete, ids, found);
                connection.commit();
                done += found;
            }
        }
        return done / ((System.nanoTime() - startNanos) / 1e9);
    }

    private static int receive(PreparedStatement select, int messages, long[] ids) throws SQLException {
        select.setInt(1, messages);
        int found = 0;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ids[found++] = rows.getLong(1);
                if (rows.getBytes(2).length != BODY_BYTES) {
                    throw new IllegalStateException("A body came back changed.");
                }
            }
        }
        return found;
    }

    private static void each(PreparedStatement statement, long[] ids, int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            statement.setLong(1, ids[i]);
            statement.executeUpdate();
        }
    }
}

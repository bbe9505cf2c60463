package dev.holdfast.dashboard.history;

import dev.holdfast.dashboard.PipelineConfig;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The charts' memory in a small SQLite file of the dashboard's own: a point a second for 15 minutes, a point a minute
 * for 24 hours, and the marks. One connection, guarded by this object's lock; a write is a fraction of a millisecond,
 * because a lost last second of a chart needs no fsync.
 */
@Startup
@ApplicationScoped
public class History {
    public static final Duration SECONDS_KEPT = Duration.ofMinutes(15);
    public static final Duration MINUTES_KEPT = Duration.ofHours(24);

    private static final String COLUMNS = """
            at, waiting, delayed, in_flight, dead_letters, oldest_age, rate_in, rate_out,
            queue_p50, queue_p99, send_p50, send_p99, send_errors""";

    private final Connection connection;
    private final String mainQueue;
    private @Nullable Long deletedByHand;

    @Inject
    History(PipelineConfig config) {
        this(config.dataDir(), config.queue());
    }

    History(Path folder, String mainQueue) {
        this.mainQueue = mainQueue;
        Path file = folder.resolve("history.db");
        try {
            Files.createDirectories(folder);
            connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
            prepare();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot create " + folder + "; set HOLDFAST_DATA_DIR to a folder that can be written", e);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "cannot open " + file.toAbsolutePath() + ": " + e.getMessage()
                            + "; it holds only the charts' past and may be moved away",
                    e);
        }
    }

    private void prepare() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = normal");
            for (String table : List.of("second", "minute")) {
                statement.execute("create table if not exists " + table + """
                         (
                          at integer primary key,
                          waiting real, delayed real, in_flight real, dead_letters real, oldest_age real,
                          rate_in real, rate_out real, queue_p50 real, queue_p99 real,
                          send_p50 real, send_p99 real, send_errors real) strict""");
            }
            statement.execute("""
                    create table if not exists mark (
                      at integer not null,
                      subject text not null,
                      label text not null,
                      primary key (at, subject, label)) strict, without rowid""");
            statement.execute("""
                    create table if not exists deleted_by_hand (
                      queue text not null,
                      message_id text not null,
                      primary key (queue, message_id)) strict, without rowid""");
        }
    }

    /** Keeps one second, and folds the minute before it when it begins a new one. */
    public synchronized void add(HistoryPoint point) {
        try {
            connection.setAutoCommit(false);
            insert(point);
            if (point.at() % 60 == 0) {
                foldMinute(point.at() - 60);
            }
            forgetBefore("second", point.at() - SECONDS_KEPT.toSeconds());
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException("history not written: " + e.getMessage(), e);
        }
    }

    /** Keeps a mark; the same mark twice is one. */
    public synchronized void mark(Mark mark) {
        try (var statement =
                connection.prepareStatement("insert or ignore into mark (at, subject, label) values (?, ?, ?)")) {
            statement.setLong(1, mark.at().toEpochMilli());
            statement.setString(2, mark.subject());
            statement.setString(3, mark.label());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("mark not written: " + e.getMessage(), e);
        }
    }

    /** Takes a mark back that turned out to be another; one that is not there is no error. */
    public synchronized void forget(Mark mark) {
        try (var statement =
                connection.prepareStatement("delete from mark where at = ? and subject = ? and label = ?")) {
            statement.setLong(1, mark.at().toEpochMilli());
            statement.setString(2, mark.subject());
            statement.setString(3, mark.label());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("mark not taken back: " + e.getMessage(), e);
        }
    }

    /** The points since {@code from}, oldest first: of a second each, or of a minute each for spans over 15 minutes. */
    public synchronized List<HistoryPoint> points(Instant from, boolean minutes) {
        String table = minutes ? "minute" : "second";
        try (var statement =
                connection.prepareStatement("select " + COLUMNS + " from " + table + " where at >= ? order by at")) {
            statement.setLong(1, from.getEpochSecond());
            List<HistoryPoint> points = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    points.add(point(row));
                }
            }
            return points;
        } catch (SQLException e) {
            throw new IllegalStateException("history not read: " + e.getMessage(), e);
        }
    }

    /** The last {@code limit} marks since {@code from}, oldest first. */
    public synchronized List<Mark> marks(Instant from, int limit) {
        try (var statement = connection.prepareStatement("""
                select at, subject, label from (
                  select at, subject, label from mark where at >= ? order by at desc limit ?)
                order by at""")) {
            statement.setLong(1, from.toEpochMilli());
            statement.setInt(2, limit);
            List<Mark> marks = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    marks.add(new Mark(Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3)));
                }
            }
            return marks;
        } catch (SQLException e) {
            throw new IllegalStateException("marks not read: " + e.getMessage(), e);
        }
    }

    /** Remembers that a person deleted this message: the proof counts it as left, not as lost. */
    public synchronized void deletedByHand(String queue, String messageId) {
        try (var statement = connection.prepareStatement(
                "insert or ignore into deleted_by_hand (queue, message_id) values (?, ?)")) {
            statement.setString(1, queue);
            statement.setString(2, messageId);
            statement.executeUpdate();
            deletedByHand = null;
        } catch (SQLException e) {
            throw new IllegalStateException("deletion not noted: " + e.getMessage(), e);
        }
    }

    /** Messages a person deleted from the pipeline's main queue in the console. */
    public synchronized long deletedByHand() {
        if (deletedByHand == null) {
            try (var statement = connection.prepareStatement("select count(*) from deleted_by_hand where queue = ?")) {
                statement.setString(1, mainQueue);
                try (ResultSet row = statement.executeQuery()) {
                    deletedByHand = row.getLong(1);
                }
            } catch (SQLException e) {
                throw new IllegalStateException("deletions not read: " + e.getMessage(), e);
            }
        }
        return deletedByHand;
    }

    private void insert(HistoryPoint p) throws SQLException {
        try (var statement = connection.prepareStatement(
                "insert or replace into second (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            statement.setLong(1, p.at());
            bind(
                    statement,
                    p.waiting(),
                    p.delayed(),
                    p.inFlight(),
                    p.deadLetters(),
                    p.oldestAgeSeconds(),
                    p.rateIn(),
                    p.rateOut(),
                    p.queueP50Millis(),
                    p.queueP99Millis(),
                    p.sendP50Millis(),
                    p.sendP99Millis(),
                    p.sendErrors());
            statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Double... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 2, values[i]);
        }
    }

    /** Peaks are kept for depths and latencies, the mean for rates, the sum for errors. */
    private void foldMinute(long from) throws SQLException {
        try (var statement = connection.prepareStatement("insert or replace into minute (" + COLUMNS + """
                )
                select ?, max(waiting), max(delayed), max(in_flight), max(dead_letters), max(oldest_age),
                       avg(rate_in), avg(rate_out), avg(queue_p50), max(queue_p99),
                       avg(send_p50), max(send_p99), sum(send_errors)
                from second
                where at >= ? and at < ?
                having count(*) > 0""")) {
            statement.setLong(1, from);
            statement.setLong(2, from);
            statement.setLong(3, from + 60);
            statement.executeUpdate();
        }
        forgetBefore("minute", from - MINUTES_KEPT.toSeconds());
        try (var statement = connection.prepareStatement("delete from mark where at < ?")) {
            statement.setLong(1, (from - MINUTES_KEPT.toSeconds()) * 1000);
            statement.executeUpdate();
        }
    }

    private void forgetBefore(String table, long at) throws SQLException {
        try (var statement = connection.prepareStatement("delete from " + table + " where at < ?")) {
            statement.setLong(1, at);
            statement.executeUpdate();
        }
    }

    private static HistoryPoint point(ResultSet row) throws SQLException {
        return new HistoryPoint(
                row.getLong(1),
                real(row, 2),
                real(row, 3),
                real(row, 4),
                real(row, 5),
                real(row, 6),
                real(row, 7),
                real(row, 8),
                real(row, 9),
                real(row, 10),
                real(row, 11),
                real(row, 12),
                real(row, 13));
    }

    private static @Nullable Double real(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    @PreDestroy
    synchronized void close() throws SQLException {
        connection.close();
    }
}

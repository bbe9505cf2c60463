package dev.holdfast.dashboard.analytics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The reads the sampler makes every second; each is served by an index or touches few rows. */
public final class Aggregates {
    /** A laboratory shows a handful of consumers; more would not fit the picture. */
    private static final int CONSUMERS_SHOWN = 8;

    private static final int MARKS_READ = 200;

    private static final int QUEUE_TIMES_LOOKED_AT = 500;

    /** Without a commit for this long there is no queue time to show. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private Aggregates() {}

    public static Progress progress(Connection db) throws SQLException {
        try (var statement = db.prepareStatement(
                        "select applied, duplicates_absorbed, failures, computed_up_to, last_commit_at from progress");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new Progress(row.getLong(1), row.getLong(2), row.getLong(3), instant(row, 4), instant(row, 5));
        }
    }

    public static List<CategorySummary> categories(Connection db) throws SQLException {
        try (var statement = db.prepareStatement("""
                select category, currency, products, event_count, mean_minor, min_price_minor, max_price_minor,
                       standard_deviation_minor, change_5_minutes, change_hour, change_since_first
                from category_summary
                order by category, currency
                """)) {
            return rows(
                    statement,
                    row -> new CategorySummary(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getDouble(5),
                            row.getLong(6),
                            row.getLong(7),
                            row.getDouble(8),
                            real(row, 9),
                            real(row, 10),
                            real(row, 11)));
        }
    }

    /**
     * The latest session of each consumer, the newest consumer last. One without an end that has not been heard for five
     * seconds is silent: it crashed, or it hangs and may go on. Only its next start knows, and writes that it crashed.
     */
    public static List<ConsumerSession> consumers(Connection db) throws SQLException {
        try (var statement = db.prepareStatement("""
                select consumer, pid, port,
                       case when state = 'crashed' and session_no in (select session_no from session where ended_at is null)
                            then 'silent' else state end,
                       state_since, started_at, heartbeat_at, last_commit_at, applied, duplicates_absorbed, failures
                from consumer_session
                where session_no in (select max(session_no) from session group by consumer)
                order by heartbeat_at desc
                limit ?
                """)) {
            statement.setInt(1, CONSUMERS_SHOWN);
            List<ConsumerSession> sessions = rows(
                    statement,
                    row -> new ConsumerSession(
                            row.getString(1),
                            row.getLong(2),
                            row.getInt(3),
                            row.getString(4),
                            Instant.ofEpochMilli(row.getLong(5)),
                            Instant.ofEpochMilli(row.getLong(6)),
                            Instant.ofEpochMilli(row.getLong(7)),
                            instant(row, 8),
                            row.getLong(9),
                            row.getLong(10),
                            row.getLong(11)));
            sessions.sort(java.util.Comparator.comparing(ConsumerSession::name));
            return sessions;
        }
    }

    /** Over the newest events applied; null when nothing was applied in the last seconds. */
    public static @Nullable QueueTime queueTime(Connection db, Instant now) throws SQLException {
        try (var statement = db.prepareStatement("""
                select applied_at, applied_at - sent_at
                from processed_event
                where sent_at is not null
                order by occurred_at desc
                limit ?
                """)) {
            statement.setInt(1, QUEUE_TIMES_LOOKED_AT);
            long fresh = now.minus(FRESH).toEpochMilli();
            List<Long> times = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getLong(1) >= fresh) {
                        times.add(Math.max(0, row.getLong(2)));
                    }
                }
            }
            if (times.isEmpty()) {
                return null;
            }
            times.sort(null);
            return new QueueTime(quantile(times, 0.5), quantile(times, 0.99));
        }
    }

    private static double quantile(List<Long> sorted, double share) {
        return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
    }

    /** What the consumers did since {@code after}, for the charts; of much the newest. */
    public static List<ConsumerMark> marks(Connection db, Instant after) throws SQLException {
        try (var statement = db.prepareStatement("""
                select at, consumer,
                       case when kind = 'crash' and session_no in (select session_no from session where ended_at is null)
                            then 'silent' else kind end
                from consumer_mark
                where at > ?
                order by at desc
                limit ?
                """)) {
            statement.setLong(1, after.toEpochMilli());
            statement.setInt(2, MARKS_READ);
            return rows(
                    statement,
                    row -> new ConsumerMark(
                            Instant.ofEpochMilli(row.getLong(1)),
                            row.getString(2),
                            ConsumerMark.Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT))));
        }
    }

    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static <T> List<T> rows(PreparedStatement statement, RowReader<T> reader) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(reader.read(row));
            }
        }
        return rows;
    }

    static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    static @Nullable Double real(ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }
}

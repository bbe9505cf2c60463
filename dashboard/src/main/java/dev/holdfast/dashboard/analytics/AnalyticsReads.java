package dev.holdfast.dashboard.analytics;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The reads behind the analytics page and the list of refused messages. */
public final class AnalyticsReads {
    private static final int EVENTS_SHOWN = 50;
    private static final int PRODUCTS_SHOWN = 2_000;

    private AnalyticsReads() {}

    /** One product over all time. Prices in minor units, changes as ratios. */
    record Product(
            String sku,
            String name,
            String category,
            String currency,
            long count,
            long lastMinor,
            double meanMinor,
            long minMinor,
            long maxMinor,
            double spreadMinor,
            @Nullable Double change5Minutes,
            @Nullable Double changeHour,
            @Nullable Double changeSinceFirst) {}

    /** One event of the kept window. */
    record Event(
            long sequence,
            String sku,
            String name,
            String category,
            String currency,
            long priceMinor,
            long previousMinor,
            String reason,
            Instant occurredAt,
            Instant appliedAt) {}

    /** Prices within one minute or hour. */
    record Bar(
            Instant at, long openMinor, long highMinor, long lowMinor, long closeMinor, double meanMinor, long count) {}

    static List<Product> products(Connection db) throws SQLException {
        try (var statement = db.prepareStatement("""
                select sku, product_name, category, currency, event_count, last_price_minor, mean_minor,
                       min_price_minor, max_price_minor, standard_deviation_minor,
                       change_5_minutes, change_hour, change_since_first
                from product_summary
                order by sku, currency
                limit ?
                """)) {
            statement.setInt(1, PRODUCTS_SHOWN);
            return Aggregates.rows(
                    statement,
                    row -> new Product(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getDouble(7),
                            row.getLong(8),
                            row.getLong(9),
                            row.getDouble(10),
                            Aggregates.real(row, 11),
                            Aggregates.real(row, 12),
                            Aggregates.real(row, 13)));
        }
    }

    static List<Event> events(Connection db) throws SQLException {
        try (var statement = db.prepareStatement("""
                select sequence, sku, product_name, category, currency, price_minor, previous_price_minor, reason,
                       occurred_at, applied_at
                from kept_event
                order by occurred_at desc
                limit ?
                """)) {
            statement.setInt(1, EVENTS_SHOWN);
            return Aggregates.rows(
                    statement,
                    row -> new Event(
                            row.getLong(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getLong(6),
                            row.getLong(7),
                            row.getString(8),
                            Instant.ofEpochMilli(row.getLong(9)),
                            Instant.ofEpochMilli(row.getLong(10))));
        }
    }

    static List<Bar> bars(Connection db, String kind, String key, String unit, long fromMillis) throws SQLException {
        try (var statement = db.prepareStatement("""
                select starts_at, open_minor, high_minor, low_minor, close_minor, mean_minor, event_count
                from bar
                where unit = ? and kind = ? and subject_key = ? and starts_at >= ?
                  and currency = (select currency from subject where kind = ? and subject_key = ? limit 1)
                order by starts_at
                """)) {
            statement.setString(1, unit);
            statement.setString(2, kind);
            statement.setString(3, key);
            statement.setLong(4, fromMillis);
            statement.setString(5, kind);
            statement.setString(6, key);
            return Aggregates.rows(
                    statement,
                    row -> new Bar(
                            Instant.ofEpochMilli(row.getLong(1)),
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getDouble(6),
                            row.getLong(7)));
        }
    }

    public static List<Failure> failures(Connection db, int limit) throws SQLException {
        try (var statement = db.prepareStatement("""
                select message_id, sequence, receive_count, reason, body_start, consumer, last_refused_at
                from failure
                order by last_refused_at desc
                limit ?
                """)) {
            statement.setInt(1, limit);
            return Aggregates.rows(statement, row -> {
                long sequence = row.getLong(2);
                return new Failure(
                        row.getString(1),
                        row.wasNull() ? null : (Long) sequence,
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        Instant.ofEpochMilli(row.getLong(7)));
            });
        }
    }
}

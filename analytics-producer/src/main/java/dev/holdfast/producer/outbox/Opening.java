package dev.holdfast.producer.outbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The first transaction of a run: makes the one row of a new file, or takes note of how the last run ended. */
final class Opening {
    private Opening() {}

    static OutboxState begin(Connection connection, Path file, String currency, Settings first, int window, Instant now)
            throws SQLException, OutboxUnusable {
        String bootText;
        try (var query = connection.prepareStatement("select currency, clean_stop from producer");
                var rows = query.executeQuery()) {
            boolean isNew = !rows.next();
            if (!isNew && !rows.getString(1).equals(currency)) {
                throw new OutboxUnusable("producer.currency is " + currency + ", but the outbox " + file
                        + " was begun in " + rows.getString(1)
                        + " and keeps it. Set it back, or name another folder by HOLDFAST_DATA_DIR.");
            }
            bootText = isNew ? "first start" : rows.getInt(2) == 1 ? "started" : "started after a crash";
            if (isNew) {
                insertProducer(connection, currency, first);
            } else if (rows.getInt(2) == 0) {
                execute(
                        connection,
                        "update outbox set maybe_sent = 1 where sequence <= (select offered_through from producer)");
            }
        }
        execute(connection, "update producer set clean_stop = 0");
        offer(connection, window);
        insertBoot(connection, now, bootText);
        OutboxState state = read(connection);
        connection.commit();
        return state;
    }

    private static void insertProducer(Connection connection, String currency, Settings first) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into producer (id, producer_id, currency, generated, offered_through, spare_copies, poison_sent, poison_generated,
                  running, rate, burst_remaining, poison_remaining, clean_stop)
                values (1, ?, ?, 0, 0, 0, 0, 0, ?, ?, 0, 0, 0)""")) {
            insert.setString(1, UUID.randomUUID().toString());
            insert.setString(2, currency);
            insert.setInt(3, first.running() ? 1 : 0);
            insert.setDouble(4, first.rate());
            insert.executeUpdate();
        }
    }

    private static void insertBoot(Connection connection, Instant now, String text) throws SQLException {
        try (var insert = connection.prepareStatement("insert into mark (at, kind, text) values (?, 'BOOT', ?)")) {
            insert.setLong(1, now.toEpochMilli());
            insert.setString(2, text);
            insert.executeUpdate();
        }
        execute(connection, "delete from mark where id <= (select max(id) from mark) - " + OutboxState.MARKS_KEPT);
    }

    private static OutboxState read(Connection connection) throws SQLException {
        List<Mark> marks = readMarks(connection);
        try (var query = connection.prepareStatement("""
                        select producer_id, currency, generated, spare_copies, poison_sent, poison_generated,
                          running, rate, burst_remaining, poison_remaining,
                          (select count(*) from outbox),
                          offered_through
                        from producer""");
                var rows = query.executeQuery()) {
            if (!rows.next()) {
                throw new SQLException("the table producer has no row");
            }
            return new OutboxState(
                    UUID.fromString(rows.getString(1)),
                    rows.getString(2),
                    rows.getLong(3),
                    rows.getLong(12),
                    acknowledgedThrough(connection, rows.getLong(3)),
                    rows.getLong(11),
                    rows.getLong(4),
                    rows.getLong(5),
                    rows.getLong(6),
                    new Settings(rows.getInt(7) == 1, rows.getDouble(8), rows.getLong(9), rows.getLong(10)),
                    marks);
        }
    }

    /** Lets the lowest unacknowledged messages be sent, as many as the window holds. */
    static void offer(Connection connection, int window) throws SQLException {
        try (var update = connection.prepareStatement("""
                update producer
                set offered_through =
                  coalesce((select sequence from outbox order by sequence limit 1 offset ?), generated)""")) {
            update.setInt(1, window - 1);
            update.executeUpdate();
        }
    }

    static long offeredThrough(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select offered_through from producer");
                var rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    static long acknowledgedThrough(Connection connection, long generated) throws SQLException {
        try (var query = connection.prepareStatement("select coalesce(min(sequence) - 1, ?) from outbox")) {
            query.setLong(1, generated);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    static List<Mark> readMarks(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select id, at, kind, value, text from mark order by id");
                var rows = query.executeQuery()) {
            var marks = new ArrayList<Mark>();
            while (rows.next()) {
                marks.add(new Mark(
                        rows.getLong(1),
                        Instant.ofEpochMilli(rows.getLong(2)),
                        Mark.Kind.valueOf(rows.getString(3)),
                        (Double) rows.getObject(4),
                        rows.getString(5)));
            }
            return List.copyOf(marks);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}

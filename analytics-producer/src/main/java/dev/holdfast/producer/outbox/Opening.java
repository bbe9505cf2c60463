package dev.holdfast.producer.outbox;

import dev.holdfast.kit.sqlite.Tx;
import dev.holdfast.kit.sqlite.UnusableDatabaseException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The first transaction of a run: makes the one row of a new file, or takes note of how the last run ended. */
final class Opening {
    private Opening() {}

    private record LastRun(String currency, boolean cleanStop) {}

    /** @throws UnusableDatabaseException where the outbox was begun in another currency */
    static OutboxState begin(Tx tx, Path file, String currency, Settings first, int window, Instant now)
            throws SQLException {
        LastRun last = tx.one(
                        "select currency, clean_stop from producer",
                        row -> new LastRun(row.getString(1), row.getInt(2) == 1))
                .orElse(null);
        if (last == null) {
            insertProducer(tx, currency, first);
        } else if (!last.currency.equals(currency)) {
            throw new UnusableDatabaseException("producer.currency is " + currency + ", but the outbox " + file
                    + " was begun in " + last.currency
                    + " and keeps it; set it back, or name another folder by HOLDFAST_DATA_DIR");
        } else if (!last.cleanStop) {
            tx.update("update outbox set maybe_sent = 1 where sequence <= (select offered_through from producer)");
        }
        tx.update("update producer set clean_stop = 0");
        offer(tx, window);
        String text = last == null ? "first start" : last.cleanStop ? "started" : "started after a crash";
        insertMark(tx, Mark.of(now, Mark.Kind.BOOT, text));
        return read(tx);
    }

    private static void insertProducer(Tx tx, String currency, Settings first) throws SQLException {
        tx.update("""
                insert into producer (id, producer_id, currency, generated, offered_through, spare_copies, poison_sent, poison_generated,
                  running, rate, burst_remaining, poison_remaining, clean_stop)
                values (1, ?, ?, 0, 0, 0, 0, 0, ?, ?, 0, 0, 0)
                """, UUID.randomUUID().toString(), currency, first.running(), first.rate());
    }

    /** Keeps the newest marks only. */
    static void insertMark(Tx tx, Mark mark) throws SQLException {
        tx.update(
                "insert into mark (at, kind, value, text) values (?, ?, ?, ?)",
                mark.at().toEpochMilli(),
                mark.kind().name(),
                mark.value(),
                mark.text());
        tx.update("delete from mark where id <= (select max(id) from mark) - ?", OutboxState.MARKS_KEPT);
    }

    private static OutboxState read(Tx tx) throws SQLException {
        List<Mark> marks = readMarks(tx);
        long generated = tx.one("select generated from producer", row -> row.getLong(1))
                .orElseThrow(() -> new SQLException("the table producer has no row"));
        long acknowledgedThrough = acknowledgedThrough(tx, generated);
        return tx.one(
                        """
                        select producer_id, currency, offered_through, spare_copies, poison_sent, poison_generated,
                               running, rate, burst_remaining, poison_remaining,
                               (select count(*) from outbox) as unsent
                          from producer
                        """,
                        row -> new OutboxState(
                                UUID.fromString(row.getString("producer_id")),
                                row.getString("currency"),
                                generated,
                                row.getLong("offered_through"),
                                acknowledgedThrough,
                                row.getLong("unsent"),
                                row.getLong("spare_copies"),
                                row.getLong("poison_sent"),
                                row.getLong("poison_generated"),
                                new Settings(
                                        row.getInt("running") == 1,
                                        row.getDouble("rate"),
                                        row.getLong("burst_remaining"),
                                        row.getLong("poison_remaining")),
                                marks))
                .orElseThrow();
    }

    /** Lets the lowest unacknowledged messages be sent, as many as the window holds. */
    static void offer(Tx tx, int window) throws SQLException {
        tx.update("""
                update producer
                   set offered_through =
                         coalesce((select sequence from outbox order by sequence limit 1 offset ?), generated)
                """, window - 1);
    }

    static long offeredThrough(Tx tx) throws SQLException {
        return tx.one("select offered_through from producer", row -> row.getLong(1))
                .orElseThrow();
    }

    static long acknowledgedThrough(Tx tx, long generated) throws SQLException {
        return tx.one("select coalesce(min(sequence) - 1, ?) from outbox", row -> row.getLong(1), generated)
                .orElseThrow();
    }

    static List<Mark> readMarks(Tx tx) throws SQLException {
        return List.copyOf(tx.all(
                "select id, at, kind, value, text from mark order by id",
                row -> new Mark(
                        row.getLong("id"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        Mark.Kind.valueOf(row.getString("kind")),
                        Tx.doubleOrNull(row, "value"),
                        row.getString("text"))));
    }
}

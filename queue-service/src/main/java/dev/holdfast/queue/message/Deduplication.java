package dev.holdfast.queue.message;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.store.Tx;
import io.netty.util.collection.LongObjectHashMap;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what FIFO queues accepted in the last five minutes, in the transaction that accepted it, so that it outlives
 * both the message and a crash.
 *
 * <p>Rows are appended in the order of their time and deleted from the front, which costs a commit next to nothing; the
 * index over them is kept in memory. When it has grown too large, its oldest rows are handed to an index on disk, slower but
 * without bound. Writer thread only.
 */
public final class Deduplication {
    /** About 25 MiB: five minutes of 1,600 messages a second. */
    private static final int MAX_IN_MEMORY = 500_000;

    private static final int ROWS_PER_STEP = 1_000;

    /** From the first half of a fingerprint to the row. */
    private final LongObjectHashMap<Long> rows = new LongObjectHashMap<>();

    private long nextRow = 1;

    /** Rows up to here are found by the index on disk. */
    private long spilledThrough;

    /** The message that a duplicate repeats. */
    public record Original(UUID messageId, long messageKey) {}

    /** What a start, or a rollback, finds on disk. */
    public void recover(Tx tx) throws SQLException {
        rows.clear();
        nextRow = 1;
        spilledThrough = 0;
        tx.visit("select id, high, spilled from deduplication order by id", row -> {
            long id = row.getLong(1);
            nextRow = id + 1;
            if (row.getInt(3) == 1) {
                spilledThrough = id;
            } else {
                rows.put(row.getLong(2), Long.valueOf(id));
            }
            return true;
        });
    }

    /** The message accepted under this fingerprint in the last five minutes; null when there is none. */
    public @Nullable Original find(Tx tx, Fingerprint fingerprint) throws SQLException {
        Long known = rows.get(fingerprint.high());
        if (known != null) {
            return tx.<Original>one(
                            "select message_id, message_key from deduplication where id = ? and low = ? and expires_at > ?",
                            Deduplication::original,
                            known,
                            fingerprint.low(),
                            tx.nowMillis())
                    .orElse(null);
        }
        if (spilledThrough == 0) {
            return null;
        }
        return tx.<Original>one("""
                        select message_id, message_key
                        from deduplication
                        where high = ? and low = ? and spilled = 1 and expires_at > ?
                        order by id desc
                        limit 1""", Deduplication::original, fingerprint.high(), fingerprint.low(), tx.nowMillis())
                .orElse(null);
    }

    private static Original original(ResultSet row) throws SQLException {
        return new Original(MessageId.fromBytes(row.getBytes(1)), row.getLong(2));
    }

    /** Remembers a message for five minutes. */
    public void remember(Tx tx, Fingerprint fingerprint, Original original) throws SQLException {
        tx.update(
                """
                insert into deduplication (id, high, low, expires_at, message_id, message_key)
                values (?, ?, ?, ?, ?, ?)""",
                nextRow,
                fingerprint.high(),
                fingerprint.low(),
                tx.nowMillis() + Limits.DEDUPLICATION_INTERVAL.toMillis(),
                MessageId.toBytes(original.messageId()),
                original.messageKey());
        rows.put(fingerprint.high(), Long.valueOf(nextRow));
        nextRow++;
        if (rows.size() > MAX_IN_MEMORY) {
            spill(tx);
        }
    }

    private void spill(Tx tx) throws SQLException {
        long first = Math.max(spilledThrough + 1, tx.number("select coalesce(min(id), 0) from deduplication"));
        long last = first + ROWS_PER_STEP - 1;
        forget(tx, first, last);
        tx.update("update deduplication set spilled = 1 where id between ? and ?", first, last);
        spilledThrough = Math.min(last, nextRow - 1);
    }

    /** Takes rows out of the index in memory, but for those whose fingerprint a later row has taken over. */
    private void forget(Tx tx, long first, long last) throws SQLException {
        tx.visit(
                "select id, high from deduplication where id between ? and ?",
                row -> {
                    Long known = rows.get(row.getLong(2));
                    if (known != null && known == row.getLong(1)) {
                        rows.remove(row.getLong(2));
                    }
                    return true;
                },
                first,
                last);
    }

    /** Deletes some of the rows whose time is over. Returns whether there may be more. */
    public boolean sweep(Tx tx) throws SQLException {
        record Over(long last, int count) {}
        Over over = tx.one("""
                        select max(id), count(*) from (select id, expires_at from deduplication order by id limit ?)
                        where expires_at <= ?""", row -> new Over(row.getLong(1), row.getInt(2)), ROWS_PER_STEP, tx.nowMillis())
                .orElseThrow();
        if (over.count == 0) {
            return false;
        }
        forget(tx, 0, over.last);
        tx.update("delete from deduplication where id <= ?", over.last);
        if (spilledThrough <= over.last) {
            spilledThrough = 0;
        }
        return over.count == ROWS_PER_STEP;
    }
}

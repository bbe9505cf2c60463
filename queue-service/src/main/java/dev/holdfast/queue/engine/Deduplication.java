package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.message.Fingerprint;
import dev.holdfast.queue.store.Tx;
import io.netty.util.collection.LongObjectHashMap;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
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

    private final int maxInMemory;
    private long nextRow = 1;

    /** Rows up to here are found by the index on disk. */
    private long spilledThrough;

    public Deduplication() {
        this(MAX_IN_MEMORY);
    }

    Deduplication(int maxInMemory) {
        this.maxInMemory = maxInMemory;
    }

    /** The message that a duplicate repeats. */
    public record Original(UUID messageId, long messageKey) {}

    /** What a start, or a rollback, finds on disk. */
    public void recover(Tx tx) throws SQLException {
        rows.clear();
        nextRow = 1;
        spilledThrough = 0;
        try (ResultSet row = tx.read("select id, high, spilled from deduplication order by id")
                .executeQuery()) {
            while (row.next()) {
                nextRow = row.getLong(1) + 1;
                if (row.getInt(3) == 1) {
                    spilledThrough = row.getLong(1);
                } else {
                    rows.put(row.getLong(2), Long.valueOf(row.getLong(1)));
                }
            }
        }
    }

    /** The message accepted under this fingerprint in the last five minutes; null when there is none. */
    public @Nullable Original find(Tx tx, Fingerprint fingerprint) throws SQLException {
        Long known = rows.get(fingerprint.high());
        if (known != null) {
            PreparedStatement select = tx.read("""
                    select message_id, message_key from deduplication where id = ? and low = ? and expires_at > ?""");
            select.setLong(1, known);
            select.setLong(2, fingerprint.low());
            select.setLong(3, tx.nowMillis());
            return original(select);
        }
        if (spilledThrough == 0) {
            return null;
        }
        PreparedStatement select = tx.read("""
                select message_id, message_key
                from deduplication
                where high = ? and low = ? and spilled = 1 and expires_at > ?
                order by id desc
                limit 1""");
        select.setLong(1, fingerprint.high());
        select.setLong(2, fingerprint.low());
        select.setLong(3, tx.nowMillis());
        return original(select);
    }

    private static @Nullable Original original(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            ByteBuffer id = ByteBuffer.wrap(row.getBytes(1));
            return new Original(new UUID(id.getLong(), id.getLong()), row.getLong(2));
        }
    }

    /** Remembers a message for five minutes. */
    public void remember(Tx tx, Fingerprint fingerprint, Original original) throws SQLException {
        PreparedStatement insert = tx.write("""
                insert into deduplication (id, high, low, expires_at, message_id, message_key)
                values (?, ?, ?, ?, ?, ?)""");
        insert.setLong(1, nextRow);
        insert.setLong(2, fingerprint.high());
        insert.setLong(3, fingerprint.low());
        insert.setLong(4, tx.nowMillis() + Limits.DEDUPLICATION_INTERVAL.toMillis());
        insert.setBytes(
                5,
                ByteBuffer.allocate(16)
                        .putLong(original.messageId().getMostSignificantBits())
                        .putLong(original.messageId().getLeastSignificantBits())
                        .array());
        insert.setLong(6, original.messageKey());
        insert.executeUpdate();
        rows.put(fingerprint.high(), Long.valueOf(nextRow));
        nextRow++;
        if (rows.size() > maxInMemory) {
            spill(tx);
        }
    }

    private void spill(Tx tx) throws SQLException {
        long first = Math.max(spilledThrough + 1, firstRow(tx));
        long last = first + ROWS_PER_STEP - 1;
        forget(tx, first, last);
        PreparedStatement update = tx.write("update deduplication set spilled = 1 where id between ? and ?");
        update.setLong(1, first);
        update.setLong(2, last);
        update.executeUpdate();
        spilledThrough = Math.min(last, nextRow - 1);
    }

    private static long firstRow(Tx tx) throws SQLException {
        try (ResultSet row =
                tx.read("select coalesce(min(id), 0) from deduplication").executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Takes rows out of the index in memory, but for those whose fingerprint a later row has taken over. */
    private void forget(Tx tx, long first, long last) throws SQLException {
        PreparedStatement select = tx.read("select id, high from deduplication where id between ? and ?");
        select.setLong(1, first);
        select.setLong(2, last);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Long known = rows.get(row.getLong(2));
                if (known != null && known == row.getLong(1)) {
                    rows.remove(row.getLong(2));
                }
            }
        }
    }

    /** Deletes some of the rows whose time is over. Returns whether there may be more. */
    public boolean sweep(Tx tx) throws SQLException {
        PreparedStatement select = tx.read("""
                select max(id), count(*) from (select id, expires_at from deduplication order by id limit ?)
                where expires_at <= ?""");
        select.setInt(1, ROWS_PER_STEP);
        select.setLong(2, tx.nowMillis());
        long last;
        int count;
        try (ResultSet row = select.executeQuery()) {
            if (!row.next() || row.getInt(2) == 0) {
                return false;
            }
            last = row.getLong(1);
            count = row.getInt(2);
        }
        forget(tx, 0, last);
        PreparedStatement delete = tx.write("delete from deduplication where id <= ?");
        delete.setLong(1, last);
        delete.executeUpdate();
        if (spilledThrough <= last) {
            spilledThrough = 0;
        }
        return count == ROWS_PER_STEP;
    }
}

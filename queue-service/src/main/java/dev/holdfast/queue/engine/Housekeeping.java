package dev.holdfast.queue.engine;

import dev.holdfast.queue.store.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What time does to messages whether or not anybody asks: timeouts run out, dead letters move, retention ends, rows of
 * purged and deleted queues go. Every pass is bounded, so that requests wait for it only briefly. Correctness does not
 * depend on it: whoever uses a queue looks at the clock first. Writer thread only.
 */
final class Housekeeping {
    private static final int DEAD_LETTERS_PER_PASS = 500;
    private static final int EXPIRIES_PER_PASS = 1_000;

    private final MessageEngine messages;

    Housekeeping(MessageEngine messages) {
        this.messages = messages;
    }

    /** Returns whether more of the same waits. */
    boolean pass(Tx tx) throws SQLException {
        boolean more = false;
        // A dead letter touches another queue's stock, but the set of stocks stays the same.
        for (QueueMessages stock : List.copyOf(messages.stocks())) {
            if (stock.needsHousekeeping(tx.nowMillis())) {
                messages.touch(stock.queue().number());
                stock.deadLetterReturned(tx, DEAD_LETTERS_PER_PASS);
                more |= expire(tx, stock) == EXPIRIES_PER_PASS;
            }
        }
        messages.sweeps().step(tx);
        more |= messages.deduplication().sweep(tx);
        return more || !messages.sweeps().isEmpty();
    }

    private int expire(Tx tx, QueueMessages stock) throws SQLException {
        if (stock.nextExpiryMillis() > tx.nowMillis()) {
            return 0;
        }
        messages.deliveries().flush(tx);
        List<Long> expired = new ArrayList<>(expiredInOrder(tx, stock));
        if (expired.size() < EXPIRIES_PER_PASS) {
            expired.addAll(expiredOutOfOrder(tx, stock, EXPIRIES_PER_PASS - expired.size()));
        }
        for (long key : expired) {
            stock.expire(tx, key);
        }
        messages.deliveries().flush(tx);
        if (!expired.isEmpty()) {
            stock.forgetReadAhead();
        }
        if (expired.size() < EXPIRIES_PER_PASS) {
            stock.setNextExpiryMillis(nextExpiry(tx, stock));
        }
        return expired.size();
    }

    /** Messages that were sent here expire in the order of their keys: the scan ends at the first that stays. */
    private static List<Long> expiredInOrder(Tx tx, QueueMessages stock) throws SQLException {
        PreparedStatement select = tx.read("""
                select id, sent_at
                from message
                where id > ? and id <= ? and retained_from is null
                order by id
                limit ?""");
        select.setLong(1, stock.lastPurgedKey());
        select.setLong(2, stock.lastKey());
        select.setInt(3, EXPIRIES_PER_PASS);
        List<Long> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next() && row.getLong(2) <= stock.expiredBefore(tx.nowMillis())) {
                keys.add(row.getLong(1));
            }
        }
        return keys;
    }

    /** Messages that were moved here are older than their neighbours; an index finds them. */
    private static List<Long> expiredOutOfOrder(Tx tx, QueueMessages stock, int limit) throws SQLException {
        PreparedStatement select = tx.read("""
                select id
                from message
                where id >> 40 = ? and retained_from is not null and retained_from <= ? and id > ?
                order by retained_from
                limit ?""");
        select.setLong(1, stock.queue().number());
        select.setLong(2, stock.expiredBefore(tx.nowMillis()));
        select.setLong(3, stock.lastPurgedKey());
        select.setInt(4, limit);
        List<Long> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(row.getLong(1));
            }
        }
        return keys;
    }

    private static long nextExpiry(Tx tx, QueueMessages stock) throws SQLException {
        PreparedStatement select = tx.read("""
                select min(since) from (
                  select * from (
                    select sent_at as since from message
                    where id > ? and id <= ? and retained_from is null
                    order by id limit 1)
                  union all
                  select min(retained_from) from message where id >> 40 = ? and retained_from is not null and id > ?)""");
        select.setLong(1, stock.lastPurgedKey());
        select.setLong(2, stock.lastKey());
        select.setLong(3, stock.queue().number());
        select.setLong(4, stock.lastPurgedKey());
        try (ResultSet row = select.executeQuery()) {
            long since = row.next() ? row.getLong(1) : 0;
            return row.wasNull()
                    ? Long.MAX_VALUE
                    : since + stock.queue().attributes().retention().toMillis();
        }
    }
}

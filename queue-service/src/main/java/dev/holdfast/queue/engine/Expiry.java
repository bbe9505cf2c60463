package dev.holdfast.queue.engine;

import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Takes out the messages of one queue that have outlived its retention. Writer thread only. */
final class Expiry {
    private final QueueRows rows;
    private final QueueKeys keys;

    Expiry(QueueRows rows) {
        this.rows = rows;
        this.keys = rows.keys;
    }

    /** Takes out what has expired, whatever its state, but no more than the limit. Returns whether there may be more. */
    boolean pass(Tx tx, int limit) throws SQLException {
        if (!rows.mayHaveExpired(tx.nowMillis())) {
            return false;
        }
        rows.shared.deliveries().flush(tx);
        List<Long> expired = expired(tx, rows.expiredSince(tx), limit);
        for (long key : expired) {
            rows.expire(tx, key);
        }
        rows.shared.deliveries().flush(tx);
        if (!expired.isEmpty()) {
            rows.order.forgetReadAhead();
        }
        if (expired.size() == limit) {
            return true;
        }
        rows.setNextExpiry(nextExpiry(tx));
        return false;
    }

    /** The keys of messages retained since this instant, or longer. */
    private List<Long> expired(Tx tx, long sinceMillis, int limit) throws SQLException {
        List<Long> expired = new ArrayList<>();
        // What was sent here expires in the order of its keys: the scan ends at the first that stays.
        tx.visit(
                """
                select id, sent_at
                from message
                where id > ? and id <= ? and retained_from is null
                order by id
                limit ?""",
                row -> {
                    boolean isOver = row.getLong(2) <= sinceMillis;
                    if (isOver) {
                        expired.add(row.getLong(1));
                    }
                    return isOver;
                },
                keys.lastPurged(),
                keys.last(),
                limit);
        // What was moved here is older than its neighbours; an index finds it.
        expired.addAll(tx.all(
                """
                select id
                from message
                where queue_of(id) = ? and retained_from is not null and retained_from <= ? and id > ?
                order by retained_from
                limit ?""",
                row -> row.getLong(1),
                keys.queueNumber(),
                sinceMillis,
                keys.lastPurged(),
                limit - expired.size()));
        return expired;
    }

    /** When the next message expires, in milliseconds since 1970; Long.MAX_VALUE for never. */
    private long nextExpiry(Tx tx) throws SQLException {
        Long since = tx.numberOrNull("""
                select min(since) from (
                  select * from (
                    select sent_at as since from message
                    where id > ? and id <= ? and retained_from is null
                    order by id limit 1)
                  union all
                  select min(retained_from) from message
                  where queue_of(id) = ? and retained_from is not null and id > ?)""", keys.lastPurged(), keys.last(), keys.queueNumber(), keys.lastPurged());
        return since == null
                ? Long.MAX_VALUE
                : since + rows.queue().attributes().retention().toMillis();
    }
}

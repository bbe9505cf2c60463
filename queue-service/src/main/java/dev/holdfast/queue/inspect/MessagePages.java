package dev.holdfast.queue.inspect;

import dev.holdfast.queue.inspect.StoredMessages.Stored;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the pages of a queue's messages, forwards and backwards. */
final class MessagePages {
    /** One look goes through so many rows or bytes at most, whatever it searches for; its page then ends there. */
    private static final int SCANNED_AT_MOST = 20_000;

    private static final long SCANNED_BYTES_AT_MOST = 64 << 20;

    private MessagePages() {}

    /**
     * Messages, oldest first.
     *
     * @param previousKey the page before this one ends before that key; null where none is older
     * @param nextKey the next page begins after that key; null where there is none
     */
    record Page(
            List<Stored> messages,
            @Nullable Long previousKey,
            @Nullable Long nextKey) {}

    static Page page(Connection connection, Queue queue, Wanted wanted, long nowMillis) throws SQLException {
        try (Sql sql = new Sql(connection)) {
            Scan scan = new Scan(wanted);
            StoredMessages.visit(sql, queue, wanted, nowMillis, scan::visit);
            return wanted.isBackwards() ? backwards(scan, wanted) : forwards(scan, wanted, sql, queue);
        }
    }

    private static Page forwards(Scan scan, Wanted wanted, Sql sql, Queue queue) throws SQLException {
        long first = scan.found.isEmpty()
                ? wanted.afterKey() + 1
                : scan.found.getFirst().key();
        boolean hasOlder =
                sql.number("""
                        select exists (
                          select 1 from message
                          where id > (select id_of(number, purged_through) from queue where number = ?) and id < ?
                            and id >= id_of(?, 0))""", queue.number(), Math.min(first, MessageKey.lastOf(queue.number())), queue.number())
                        == 1;
        return new Page(scan.found, hasOlder ? (Long) first : null, scan.goesOn ? (Long) scan.lastKey : null);
    }

    private static Page backwards(Scan scan, Wanted wanted) {
        Collections.reverse(scan.found);
        long before = wanted.beforeKey() == null ? 0 : wanted.beforeKey();
        long last = scan.found.isEmpty() ? before - 1 : scan.found.getLast().key();
        return new Page(scan.found, scan.goesOn ? (Long) scan.lastKey : null, last);
    }

    /** Goes through rows until the page is full, or has taken long enough. */
    private static final class Scan {
        final Wanted wanted;
        final List<Stored> found = new ArrayList<>();

        /** Of the last row that was looked at and belongs to no other page. */
        long lastKey;

        /** Whether there is something behind it. */
        boolean goesOn;

        private int rows;
        private long bytes;

        Scan(Wanted wanted) {
            this.wanted = wanted;
        }

        boolean visit(Stored stored) {
            boolean matches = wanted.matches(stored);
            boolean isFull = found.size() == wanted.limit() && matches;
            boolean isLong = rows == SCANNED_AT_MOST || bytes >= SCANNED_BYTES_AT_MOST;
            if (isFull || isLong) {
                goesOn = true;
                return false;
            }
            if (matches) {
                found.add(stored);
            }
            lastKey = stored.key();
            rows++;
            bytes += stored.sizeBytes();
            return true;
        }
    }
}

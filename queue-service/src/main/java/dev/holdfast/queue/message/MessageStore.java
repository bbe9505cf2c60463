package dev.holdfast.queue.message;

import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Sql;
import dev.holdfast.queue.store.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code message}: rows are written once, read when their turn comes, and deleted in ranges. Writer thread only. */
public final class MessageStore {
    private static final String COLUMNS =
            "m.id, m.message_id, m.sent_at, m.retained_from, m.body, m.attributes, m.sender, m.trace_header,"
                    + " m.group_id, m.deduplication_id, m.source_arn, m.prior_receives, m.first_received_at,"
                    + " m.moved_at";

    /** @param utf8 the body */
    public void insert(Tx tx, Message message, byte[] utf8) throws SQLException {
        Content content = message.content();
        Arrival arrival = message.arrival();
        DeadLetterOrigin origin = message.origin();
        tx.update(
                """
                insert into message (
                  id, message_id, sent_at, retained_from, body, attributes, sender, trace_header,
                  group_id, deduplication_id, source_arn, prior_receives, first_received_at, moved_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                message.key(),
                MessageId.toBytes(message.messageId()),
                arrival.sentAtMillis(),
                arrival.retainedFromMillis(),
                utf8,
                content.attributes(),
                content.sender(),
                content.traceHeader(),
                message.grouping().groupId(),
                message.grouping().deduplicationId(),
                origin == null ? null : origin.queueArn(),
                message.priorReceives(),
                origin == null ? null : origin.firstReceivedAtMillis(),
                arrival.movedAtMillis());
    }

    /** The row with this key, where there is one. */
    public Optional<Message> find(Tx tx, long key) throws SQLException {
        return tx.one("select " + COLUMNS + " from message m where m.id = ?", MessageStore::message, key);
    }

    /** A row that must be there, since memory knows of it. */
    public Message mustRead(Tx tx, long key) throws SQLException {
        return find(tx, key).orElseThrow(() -> new IllegalStateException("no stored message with key " + key));
    }

    /**
     * The oldest messages without a group after a key that were never delivered and are not delayed, until the limit or
     * the bytes are reached, but at least one if there is any.
     */
    public List<Message> readAhead(Tx tx, long queueNumber, long afterKey, int limit, long maxBytes)
            throws SQLException {
        return upTo(maxBytes, tx, "select " + COLUMNS + """
                 from message m
                where m.id > ? and m.id <= ? and m.group_id is null
                  and not exists (select 1 from delivery d where d.id = m.id)
                order by m.id
                limit ?""", afterKey, MessageKey.lastOf(queueNumber), limit);
    }

    /** The same of one group. */
    public List<Message> readAheadInGroup(
            Tx tx, long queueNumber, String groupId, long afterKey, int limit, long maxBytes) throws SQLException {
        return upTo(maxBytes, tx, "select " + COLUMNS + """
                 from message m
                where queue_of(m.id) = ? and m.group_id = ? and m.id > ?
                  and not exists (select 1 from delivery d where d.id = m.id)
                order by m.id
                limit ?""", queueNumber, groupId, afterKey, limit);
    }

    private static List<Message> upTo(long maxBytes, Tx tx, String query, Object... parameters) throws SQLException {
        List<Message> messages = new ArrayList<>();
        long[] bytes = {0};
        tx.visit(
                query,
                row -> {
                    Message message = message(row);
                    messages.add(message);
                    bytes[0] += message.weightBytes();
                    return bytes[0] < maxBytes;
                },
                parameters);
        return messages;
    }

    /** A message group that has messages, and the first of their keys. */
    public record GroupSummary(String groupId, long firstKey) {}

    /** Every group of every queue at a start, in the order of their first messages; purged rows may be among them. */
    public static List<GroupSummary> groups(Tx tx) throws SQLException {
        return tx.all("""
                select group_id, min(id)
                from message
                where group_id is not null
                group by queue_of(id), group_id
                order by 2""", row -> new GroupSummary(row.getString(1), row.getLong(2)));
    }

    /**
     * How many messages after a key were sent after an instant and never received. Keys grow with the time of arrival, so
     * a bisection finds where to begin counting.
     */
    public static long countFreshSentAfter(Tx tx, long afterKey, long afterMillis) throws SQLException {
        record Row(long key, long arrivedAtMillis) {}
        long last = MessageKey.lastOf(MessageKey.queueNumber(afterKey));
        long low = afterKey + 1;
        long newest = tx.number("select max(id) from message where id >= ? and id <= ?", low, last);
        long high = Math.max(low, newest + 1);
        while (low < high) {
            long middle = (low + high) >>> 1;
            Optional<Row> found = tx.one(
                    "select id, coalesce(moved_at, sent_at) from message where id >= ? and id <= ? order by id limit 1",
                    row -> new Row(row.getLong(1), row.getLong(2)),
                    middle,
                    last);
            if (found.isPresent() && found.get().arrivedAtMillis <= afterMillis) {
                low = found.get().key + 1;
            } else {
                high = middle;
            }
        }
        return tx.number("""
                select count(*)
                from message m
                where m.id between ? and ? and m.sent_at > ?
                  and not exists (select 1 from delivery d where d.id = m.id)""", low, last, afterMillis);
    }

    private static Message message(ResultSet row) throws SQLException {
        String sourceArn = row.getString(11);
        return new Message(
                row.getLong(1),
                MessageId.fromBytes(row.getBytes(2)),
                new Content(
                        new String(row.getBytes(5), StandardCharsets.UTF_8),
                        null,
                        row.getBytes(6),
                        row.getString(7),
                        row.getString(8)),
                Grouping.of(row.getString(9), row.getString(10)),
                new Arrival(row.getLong(3), Sql.nullableLong(row, 4), Sql.nullableLong(row, 14)),
                sourceArn == null ? null : new DeadLetterOrigin(sourceArn, row.getInt(12), Sql.nullableLong(row, 13)));
    }

    /** Deletes rows of which every key in the range is to go. Returns how many messages went. */
    public static int deleteRange(Tx tx, long firstKey, long lastKey) throws SQLException {
        tx.update("delete from delivery where id between ? and ?", firstKey, lastKey);
        return tx.update("delete from message where id between ? and ?", firstKey, lastKey);
    }

    /** When the first row of a range came to its queue; null when the range is empty. */
    public static @Nullable Long oldestArrival(Tx tx, long afterKey, long lastKey) throws SQLException {
        return tx.numberOrNull(
                "select coalesce(moved_at, sent_at) from message where id > ? and id <= ? order by id limit 1",
                afterKey,
                lastKey);
    }

    /** The key of the last of the first {@code limit} rows in a range; null when the range is empty. */
    public static @Nullable Long endOfStep(Tx tx, long firstKey, long lastKey, int limit) throws SQLException {
        return tx.numberOrNull(
                "select max(id) from (select id from message where id between ? and ? order by id limit ?)",
                firstKey,
                lastKey,
                limit);
    }
}

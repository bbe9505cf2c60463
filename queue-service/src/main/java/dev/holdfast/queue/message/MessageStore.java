package dev.holdfast.queue.message;

import dev.holdfast.queue.store.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code message}: rows are written once, read when their turn comes, and deleted in ranges. Writer thread only. */
public final class MessageStore {
    private static final String COLUMNS =
            "m.id, m.message_id, m.sent_at, m.retained_from, m.body, m.attributes, m.sender, m.trace_header,"
                    + " m.group_id, m.deduplication_id, m.source_arn, m.prior_receives, m.first_received_at,"
                    + " m.moved_at";

    /** @param utf8 the body */
    public void insert(Tx tx, Message message, byte[] utf8) throws SQLException {
        PreparedStatement insert = tx.write("""
                insert into message (
                  id, message_id, sent_at, retained_from, body, attributes, sender, trace_header,
                  group_id, deduplication_id, source_arn, prior_receives, first_received_at, moved_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
        insert.setLong(1, message.key());
        insert.setBytes(2, MessageId.toBytes(message.messageId()));
        insert.setLong(3, message.sentAtMillis());
        setLong(insert, 4, message.retainedFromMillis());
        insert.setBytes(5, utf8);
        insert.setBytes(6, message.attributes());
        insert.setString(7, message.sender());
        insert.setString(8, message.traceHeader());
        insert.setString(9, message.groupId());
        insert.setString(10, message.deduplicationId());
        insert.setString(11, message.sourceArn());
        insert.setInt(12, message.priorReceives());
        setLong(insert, 13, message.firstReceivedAtMillis());
        setLong(insert, 14, message.movedAtMillis());
        insert.executeUpdate();
    }

    public static void setLong(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.INTEGER);
        } else {
            statement.setLong(index, value);
        }
    }

    /** Null when no such row is there. */
    @Nullable Message read(Tx tx, long key) throws SQLException {
        PreparedStatement select = tx.read("select " + COLUMNS + " from message m where m.id = ?");
        select.setLong(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? message(row) : null;
        }
    }

    /** A row that must be there, since memory knows of it. */
    public Message mustRead(Tx tx, long key) throws SQLException {
        Message message = read(tx, key);
        if (message == null) {
            throw new IllegalStateException("no stored message with key " + key);
        }
        return message;
    }

    /**
     * The oldest messages without a group after a key that were never delivered and are not delayed, until the limit or
     * the bytes are reached, but at least one if there is any.
     */
    public List<Message> readAhead(Tx tx, long queueNumber, long afterKey, int limit, long maxBytes)
            throws SQLException {
        PreparedStatement select = tx.read("select " + COLUMNS + """
                 from message m
                where m.id > ? and m.id <= ? and m.group_id is null
                  and not exists (select 1 from delivery d where d.id = m.id)
                order by m.id
                limit ?""");
        select.setLong(1, afterKey);
        select.setLong(2, MessageId.key(queueNumber, MessageId.MAX_SEQUENCE));
        select.setInt(3, limit);
        return upTo(maxBytes, select);
    }

    /** The same of one group. */
    public List<Message> readAheadInGroup(
            Tx tx, long queueNumber, String groupId, long afterKey, int limit, long maxBytes) throws SQLException {
        PreparedStatement select = tx.read("select " + COLUMNS + """
                 from message m
                where m.id >> 40 = ? and m.group_id = ? and m.id > ?
                  and not exists (select 1 from delivery d where d.id = m.id)
                order by m.id
                limit ?""");
        select.setLong(1, queueNumber);
        select.setString(2, groupId);
        select.setLong(3, afterKey);
        select.setInt(4, limit);
        return upTo(maxBytes, select);
    }

    private static List<Message> upTo(long maxBytes, PreparedStatement select) throws SQLException {
        List<Message> messages = new ArrayList<>();
        long bytes = 0;
        try (ResultSet row = select.executeQuery()) {
            while (bytes < maxBytes && row.next()) {
                Message message = message(row);
                bytes += message.weightBytes();
                messages.add(message);
            }
        }
        return messages;
    }

    /** A message group that has messages, and the first of their keys. */
    public record GroupSummary(String groupId, long firstKey) {}

    /** Every group of every queue at a start, in the order of their first messages; purged rows may be among them. */
    public static List<GroupSummary> groups(Tx tx) throws SQLException {
        List<GroupSummary> groups = new ArrayList<>();
        PreparedStatement select = tx.read("""
                select group_id, min(id)
                from message
                where group_id is not null
                group by id >> 40, group_id
                order by 2""");
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                groups.add(new GroupSummary(row.getString(1), row.getLong(2)));
            }
        }
        return groups;
    }

    /**
     * How many messages after a key were sent after an instant and never received. Keys grow with the time of arrival, so
     * that a bisection finds where to count.
     */
    public static long countFreshSentAfter(Tx tx, long afterKey, long afterMillis) throws SQLException {
        PreparedStatement select = tx.read(
                "select id, coalesce(moved_at, sent_at) from message where id >= ? and id <= ? order by id limit 1");
        long last = MessageId.key(MessageId.queueNumber(afterKey), MessageId.MAX_SEQUENCE);
        long low = afterKey + 1;
        Long newest = lastKey(tx, low, last);
        long high = newest == null ? low : newest + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            select.setLong(1, middle);
            select.setLong(2, last);
            try (ResultSet row = select.executeQuery()) {
                if (row.next() && row.getLong(2) <= afterMillis) {
                    low = row.getLong(1) + 1;
                } else {
                    high = middle;
                }
            }
        }
        PreparedStatement count = tx.read("""
                select count(*)
                from message m
                where m.id between ? and ? and m.sent_at > ?
                  and not exists (select 1 from delivery d where d.id = m.id)""");
        count.setLong(1, low);
        count.setLong(2, last);
        count.setLong(3, afterMillis);
        try (ResultSet row = count.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static @Nullable Long lastKey(Tx tx, long firstKey, long lastKey) throws SQLException {
        PreparedStatement select = tx.read("select max(id) from message where id >= ? and id <= ?");
        select.setLong(1, firstKey);
        select.setLong(2, lastKey);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? nullableLong(row, 1) : null;
        }
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getLong(1),
                MessageId.fromBytes(row.getBytes(2)),
                row.getLong(3),
                nullableLong(row, 4),
                new String(row.getBytes(5), StandardCharsets.UTF_8),
                null,
                row.getBytes(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getInt(12),
                nullableLong(row, 13),
                nullableLong(row, 14));
    }

    public static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** Deletes rows whose keys are known to be all to go. Returns how many messages went. */
    public static int deleteRange(Tx tx, long firstKey, long lastKey) throws SQLException {
        PreparedStatement deliveries = tx.write("delete from delivery where id between ? and ?");
        deliveries.setLong(1, firstKey);
        deliveries.setLong(2, lastKey);
        deliveries.executeUpdate();
        PreparedStatement messages = tx.write("delete from message where id between ? and ?");
        messages.setLong(1, firstKey);
        messages.setLong(2, lastKey);
        return messages.executeUpdate();
    }

    /** When the first row of a range came to its queue; null when the range is empty. */
    public static @Nullable Long oldestArrival(Tx tx, long afterKey, long lastKey) throws SQLException {
        PreparedStatement select =
                tx.read("select coalesce(moved_at, sent_at) from message where id > ? and id <= ? order by id limit 1");
        select.setLong(1, afterKey);
        select.setLong(2, lastKey);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    /** The key of the last of the first {@code limit} rows in a range; null when the range is empty. */
    public static @Nullable Long endOfStep(Tx tx, long firstKey, long lastKey, int limit) throws SQLException {
        PreparedStatement select =
                tx.read("select max(id) from (select id from message where id between ? and ? order by id limit ?)");
        select.setLong(1, firstKey);
        select.setLong(2, lastKey);
        select.setInt(3, limit);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? nullableLong(row, 1) : null;
        }
    }
}

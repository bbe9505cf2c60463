package dev.holdfast.queue.inspect;

import dev.holdfast.queue.api.MessageAttributeValue;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.message.MessageAttributes;
import dev.holdfast.queue.message.MessageId;
import dev.holdfast.queue.message.MessageText;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks at a queue's stored messages with a connection of its own: looking is not receiving. */
public final class StoredMessages {
    private static final String SELECT = """
            select m.id, m.message_id, m.sent_at, m.body, m.attributes, m.group_id, m.deduplication_id, m.source_arn,
              m.prior_receives, coalesce(d.first_received_at, m.first_received_at), coalesce(d.receive_count, 0),
              coalesce(d.visible_at, m.sent_at + ?), m.sender, m.trace_header
            from message m left join delivery d on d.id = m.id
            """;

    /** What tools know from LocalStack as the handle of a message that was only looked at. */
    private static final String NO_HANDLE = "SQS/BACKDOOR/ACCESS";

    private StoredMessages() {}

    /** What the clock makes of a message. */
    public enum State {
        WAITING,
        DELAYED,
        IN_FLIGHT
    }

    /**
     * A stored message.
     *
     * @param key grows with the order of arrival; a page begins after one
     * @param ownReceives how often it was received in this queue
     * @param visibleAtMillis when it can be received, or could be first
     */
    public record Stored(
            long key,
            UUID messageId,
            long sentAtMillis,
            String body,
            int sizeBytes,
            Map<String, MessageAttributeValue> attributes,
            @Nullable String groupId,
            @Nullable String deduplicationId,
            @Nullable String sourceArn,
            int priorReceives,
            @Nullable Long firstReceivedAtMillis,
            int ownReceives,
            long visibleAtMillis,
            @Nullable String sender,
            @Nullable String traceHeader) {

        public State state(long nowMillis) {
            if (visibleAtMillis <= nowMillis) {
                return State.WAITING;
            }
            return ownReceives == 0 ? State.DELAYED : State.IN_FLIGHT;
        }

        /** As a receive would hand it out, with a handle that works nowhere and a word on its state. */
        public Result.ReceivedMessage asReceived(long nowMillis) {
            State state = state(nowMillis);
            Map<String, @Nullable String> system = new TreeMap<>();
            system.put("SenderId", sender);
            system.put("SentTimestamp", Long.toString(sentAtMillis));
            system.put("ApproximateReceiveCount", Integer.toString(priorReceives + ownReceives));
            system.put(
                    "ApproximateFirstReceiveTimestamp",
                    firstReceivedAtMillis == null ? "0" : Long.toString(firstReceivedAtMillis));
            system.put("MessageGroupId", groupId);
            system.put("MessageDeduplicationId", deduplicationId);
            system.put("AWSTraceHeader", traceHeader);
            system.put("DeadLetterQueueSourceArn", sourceArn);
            system.put("IsVisible", Boolean.toString(state != State.IN_FLIGHT));
            system.put("IsDelayed", Boolean.toString(state == State.DELAYED));
            system.values().removeIf(Objects::isNull);
            return new Result.ReceivedMessage(
                    messageId.toString(),
                    NO_HANDLE,
                    MessageText.md5(MessageText.utf8(body)),
                    body,
                    system,
                    attributes.isEmpty() ? null : MessageText.md5(MessageAttributes.canonical(attributes)),
                    attributes);
        }
    }

    /** Looks at a message, and says whether to go on. */
    interface Visitor {
        boolean visit(Stored stored) throws SQLException;
    }

    /**
     * Goes through a queue's messages from one end of those that are wanted, whatever text they hold: oldest first, or,
     * backwards, newest first.
     */
    static void visit(Sql sql, Queue queue, Wanted wanted, long nowMillis, Visitor visitor) throws SQLException {
        State state = wanted.state();
        String filter = switch (state) {
            case null -> "";
            case WAITING -> " and coalesce(d.visible_at, m.sent_at + ?) <= ?";
            case DELAYED -> " and coalesce(d.visible_at, m.sent_at + ?) > ? and coalesce(d.receive_count, 0) = 0";
            case IN_FLIGHT -> " and coalesce(d.visible_at, m.sent_at + ?) > ? and d.receive_count > 0";
        };
        long last = MessageKey.lastOf(queue.number());
        Long before = wanted.beforeKey();
        List<Object> parameters = new ArrayList<>(List.of(
                delayMillis(queue),
                wanted.afterKey(),
                queue.number(),
                before == null ? last : Math.min(last, before - 1)));
        if (state != null) {
            parameters.addAll(List.of(delayMillis(queue), nowMillis));
        }
        sql.visit(
                SELECT + """
                where m.id > max(?, (select id_of(number, purged_through) from queue where number = ?)) and m.id <= ?
                """ + filter + (wanted.isBackwards() ? " order by m.id desc" : " order by m.id"),
                row -> visitor.visit(stored(row)),
                parameters.toArray());
    }

    /** The messages of a queue with this id: one, but for a copy that was moved away and back. */
    public static @Nullable Stored find(Connection connection, Queue queue, UUID messageId) throws SQLException {
        try (Sql sql = new Sql(connection)) {
            return sql.<Stored>one(
                            SELECT + """
                            where m.message_id = ?
                              and m.id > (select id_of(number, purged_through) from queue where number = ?)
                              and m.id <= ?""",
                            StoredMessages::stored,
                            delayMillis(queue),
                            MessageId.toBytes(messageId),
                            queue.number(),
                            MessageKey.lastOf(queue.number()))
                    .orElse(null);
        }
    }

    /** Where the delay is a matter of the queue, not of the message: a FIFO queue's applies to what it stores. */
    private static long delayMillis(Queue queue) {
        return queue.isFifo() ? queue.attributes().delay().toMillis() : 0;
    }

    /**
     * What keeps a message of a FIFO queue back though it is visible itself: the first message of its group, where that is
     * an earlier one that cannot be received now. Null when nothing does.
     */
    public static @Nullable Stored blockerOf(Connection connection, Queue queue, Stored stored, long nowMillis)
            throws SQLException {
        if (!queue.isFifo()) {
            return null;
        }
        try (Sql sql = new Sql(connection)) {
            return sql.<Stored>one(
                            SELECT + """
                            where queue_of(m.id) = ? and m.group_id = ? and m.id < ?
                              and m.id > (select id_of(number, purged_through) from queue where number = ?)
                            order by m.id
                            limit 1""",
                            StoredMessages::stored,
                            delayMillis(queue),
                            queue.number(),
                            stored.groupId(),
                            stored.key(),
                            queue.number())
                    .filter(first -> first.state(nowMillis) != State.WAITING)
                    .orElse(null);
        }
    }

    /** The rows that are really there, and what the ledger says of them, in one snapshot. */
    public record Audit(long rows, long stock) {}

    public static Audit audit(Connection connection, Queue queue) throws SQLException {
        try (Sql sql = new Sql(connection)) {
            return sql.<Audit>one("""
                            select stock, (
                              select count(*) from message
                              where id > id_of(number, purged_through) and id < id_of(number + 1, 0))
                            from queue
                            where number = ?""", row -> new Audit(row.getLong(2), row.getLong(1)), queue.number())
                    .orElse(new Audit(0, 0));
        }
    }

    /**
     * When the oldest message came to the queue, in milliseconds since 1970, as CloudWatch sees it: not counting what waits for the end
     * of its first delay, nor what was received more than three times. Null when there is none, also where the first
     * thousand messages are all of that kind.
     */
    public static @Nullable Long oldestArrivalMillis(Connection connection, Queue queue) throws SQLException {
        try (Sql sql = new Sql(connection)) {
            return sql.numberOrNull("""
                    select arrived_at
                    from (
                      select coalesce(m.moved_at, m.sent_at) as arrived_at,
                        coalesce(d.receive_count, -1) as receive_count
                      from message m left join delivery d on d.id = m.id
                      where m.id > (select id_of(number, purged_through) from queue where number = ?) and m.id <= ?
                      order by m.id
                      limit 1000)
                    where receive_count <> 0 and receive_count <= 3
                    limit 1""", queue.number(), MessageKey.lastOf(queue.number()));
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        byte[] body = row.getBytes(4);
        byte[] attributes = row.getBytes(5);
        long firstReceivedAt = row.getLong(10);
        return new Stored(
                row.getLong(1),
                MessageId.fromBytes(row.getBytes(2)),
                row.getLong(3),
                new String(body, StandardCharsets.UTF_8),
                body.length + MessageAttributes.sizeBytes(attributes),
                MessageAttributes.decode(attributes),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getInt(9),
                firstReceivedAt == 0 ? null : firstReceivedAt,
                row.getInt(11),
                row.getLong(12),
                row.getString(13),
                row.getString(14));
    }
}

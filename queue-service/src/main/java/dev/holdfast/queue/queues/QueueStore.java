package dev.holdfast.queue.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.ledger.Ledger;
import dev.holdfast.queue.store.Sql;
import dev.holdfast.queue.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** The table {@code queue}. Writer thread only. */
public final class QueueStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private QueueStore() {}

    /** Every queue that exists. */
    public static List<QueueState> all(Tx tx) throws SQLException {
        return tx.all("""
                select number, account, name, created_at, modified_at, attributes, tags,
                  sent, moved_in, deleted, moved_out, expired, purged, stock,
                  next_sequence, delivered_through, purged_through, purged_at, deduplicates_per_group
                from queue
                where dropped_at is null
                order by number""", QueueStore::state);
    }

    private static QueueState state(ResultSet row) throws SQLException {
        Queue queue = new Queue(
                row.getLong(1),
                row.getString(2),
                new QueueName(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                QueueAttributes.stored(texts(row.getString(6))),
                texts(row.getString(7)),
                row.getInt(19) == 1);
        Ledger.Snapshot ledger = new Ledger.Snapshot(
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                row.getLong(14));
        return new QueueState(
                queue, ledger, row.getLong(15), row.getLong(16), row.getLong(17), Sql.nullableLong(row, 18));
    }

    /** Returns the new queue's number. */
    static long insert(Tx tx, String account, QueueName name, QueueAttributes attributes, Map<String, String> tags)
            throws SQLException {
        return tx.updateReturning(
                """
                insert into queue (
                  account, name, created_at, modified_at, attributes, tags, changed_at, deduplicates_per_group)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                returning number""",
                account,
                name.value(),
                tx.nowMillis(),
                tx.nowMillis(),
                json(attributes.toStore()),
                json(tags),
                tx.nowMillis(),
                attributes.deduplicatesPerGroup());
    }

    static void updateDefinition(Tx tx, Queue queue) throws SQLException {
        tx.update(
                "update queue set attributes = ?, tags = ?, modified_at = ?, changed_at = ? where number = ?",
                json(queue.attributes().toStore()),
                json(queue.tags()),
                queue.modifiedAtMillis(),
                tx.nowMillis(),
                queue.number());
    }

    /** The ledger and the sequences, in the transaction that changed what they count. */
    public static void updateState(Tx tx, QueueState state) throws SQLException {
        Ledger.Snapshot ledger = state.ledger();
        tx.update(
                """
                update queue set
                  sent = ?, moved_in = ?, deleted = ?, moved_out = ?, expired = ?, purged = ?, stock = ?,
                  next_sequence = ?, delivered_through = ?, purged_through = ?, purged_at = ?, changed_at = ?
                where number = ?""",
                ledger.sent(),
                ledger.movedIn(),
                ledger.deleted(),
                ledger.movedOut(),
                ledger.expired(),
                ledger.purged(),
                ledger.stock(),
                state.nextSequence(),
                state.deliveredThrough(),
                state.purgedThrough(),
                state.purgedAtMillis(),
                tx.nowMillis(),
                state.queue().number());
    }

    /** Turns the row into the last line of the ledger: what was in stock went with the queue. */
    static void drop(Tx tx, Queue queue) throws SQLException {
        tx.update("""
                update queue set dropped_at = ?, changed_at = ?, dropped_with_queue = stock, stock = 0
                where number = ?""", tx.nowMillis(), tx.nowMillis(), queue.number());
    }

    /** When a queue of that name was last deleted, in milliseconds since 1970; 0 for never. */
    static long lastDroppedMillis(Tx tx, String account, QueueName name) throws SQLException {
        return tx.number("select max(dropped_at) from queue where account = ? and name = ?", account, name.value());
    }

    /** Numbers of queues that are gone; their messages' rows may still be there. */
    public static List<Long> droppedNumbers(Tx tx) throws SQLException {
        return tx.all("select number from queue where dropped_at is not null", row -> row.getLong(1));
    }

    /** The last line of a deleted queue's ledger. */
    public record Dropped(String name, long atMillis, long messages) {}

    /** The latest thousand of an account. */
    public static List<Dropped> dropped(Tx tx, String account) throws SQLException {
        return tx.all("""
                select name, dropped_at, dropped_with_queue
                from queue
                where account = ? and dropped_at is not null
                order by dropped_at desc
                limit 1000""", row -> new Dropped(row.getString(1), row.getLong(2), row.getLong(3)), account);
    }

    private static Map<String, String> texts(String json) {
        try {
            return Map.copyOf(JSON.readValue(json, TEXTS));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON cannot be read", e);
        }
    }

    private static String json(Map<String, String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts cannot be written as JSON", e);
        }
    }
}

package dev.holdfast.queue.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.ledger.Ledger;
import dev.holdfast.queue.store.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The table {@code queue}. Writer thread only. */
public final class QueueStore {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private QueueStore() {}

    /** Every queue that exists. */
    public static List<QueueState> all(Tx tx) throws SQLException {
        List<QueueState> states = new ArrayList<>();
        PreparedStatement select = tx.read("""
                select number, account, name, created_at, modified_at, attributes, tags,
                  sent, moved_in, deleted, moved_out, expired, purged, stock,
                  next_sequence, delivered_through, purged_through, purged_at, deduplicates_per_group
                from queue
                where dropped_at is null
                order by number""");
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                states.add(state(row));
            }
        }
        return states;
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
        long purgedAt = row.getLong(18);
        return new QueueState(
                queue, ledger, row.getLong(15), row.getLong(16), row.getLong(17), row.wasNull() ? null : purgedAt);
    }

    /** The latest instant that any queue's row knows: time must not run backwards across a restart. */
    public static long latestChangeMillis(Tx tx) throws SQLException {
        try (ResultSet row =
                tx.read("select coalesce(max(changed_at), 0) from queue").executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Returns the new queue's number. */
    static long insert(Tx tx, String account, QueueName name, QueueAttributes attributes, Map<String, String> tags)
            throws SQLException {
        PreparedStatement insert = tx.write("""
                insert into queue (
                  account, name, created_at, modified_at, attributes, tags, changed_at, deduplicates_per_group)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                returning number""");
        insert.setString(1, account);
        insert.setString(2, name.value());
        insert.setLong(3, tx.nowMillis());
        insert.setLong(4, tx.nowMillis());
        insert.setString(5, json(attributes.toStore()));
        insert.setString(6, json(tags));
        insert.setLong(7, tx.nowMillis());
        insert.setInt(8, attributes.deduplicatesPerGroup() ? 1 : 0);
        try (ResultSet row = insert.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("insert returned no number");
            }
            return row.getLong(1);
        }
    }

    static void updateDefinition(Tx tx, Queue queue) throws SQLException {
        PreparedStatement update =
                tx.write("update queue set attributes = ?, tags = ?, modified_at = ?, changed_at = ? where number = ?");
        update.setString(1, json(queue.attributes().toStore()));
        update.setString(2, json(queue.tags()));
        update.setLong(3, queue.modifiedAtMillis());
        update.setLong(4, tx.nowMillis());
        update.setLong(5, queue.number());
        update.executeUpdate();
    }

    /** The ledger and the sequences, in the transaction that changed what they count. */
    public static void updateState(Tx tx, QueueState state) throws SQLException {
        PreparedStatement update = tx.write("""
                update queue set
                  sent = ?, moved_in = ?, deleted = ?, moved_out = ?, expired = ?, purged = ?, stock = ?,
                  next_sequence = ?, delivered_through = ?, purged_through = ?, purged_at = ?, changed_at = ?
                where number = ?""");
        Ledger.Snapshot ledger = state.ledger();
        update.setLong(1, ledger.sent());
        update.setLong(2, ledger.movedIn());
        update.setLong(3, ledger.deleted());
        update.setLong(4, ledger.movedOut());
        update.setLong(5, ledger.expired());
        update.setLong(6, ledger.purged());
        update.setLong(7, ledger.stock());
        update.setLong(8, state.nextSequence());
        update.setLong(9, state.deliveredThrough());
        update.setLong(10, state.purgedThrough());
        if (state.purgedAtMillis() == null) {
            update.setNull(11, Types.INTEGER);
        } else {
            update.setLong(11, state.purgedAtMillis());
        }
        update.setLong(12, tx.nowMillis());
        update.setLong(13, state.queue().number());
        update.executeUpdate();
    }

    /** Turns the row into the last line of the ledger: what was in stock went with the queue. */
    static void drop(Tx tx, Queue queue) throws SQLException {
        PreparedStatement update = tx.write("""
                update queue set dropped_at = ?, changed_at = ?, dropped_with_queue = stock, stock = 0
                where number = ?""");
        update.setLong(1, tx.nowMillis());
        update.setLong(2, tx.nowMillis());
        update.setLong(3, queue.number());
        update.executeUpdate();
    }

    /** When a queue of that name was last deleted, in milliseconds since 1970; 0 for never. */
    static long lastDroppedMillis(Tx tx, String account, QueueName name) throws SQLException {
        PreparedStatement select =
                tx.read("select coalesce(max(dropped_at), 0) from queue where account = ? and name = ?");
        select.setString(1, account);
        select.setString(2, name.value());
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Numbers of queues that are gone; their messages' rows may still be there. */
    public static List<Long> droppedNumbers(Tx tx) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (ResultSet row =
                tx.read("select number from queue where dropped_at is not null").executeQuery()) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    /** The last line of a deleted queue's ledger. */
    public record Dropped(String name, long atMillis, long messages) {}

    /** The latest thousand of an account. */
    public static List<Dropped> dropped(Tx tx, String account) throws SQLException {
        PreparedStatement select = tx.read("""
                select name, dropped_at, dropped_with_queue
                from queue
                where account = ? and dropped_at is not null
                order by dropped_at desc
                limit 1000""");
        select.setString(1, account);
        List<Dropped> dropped = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                dropped.add(new Dropped(row.getString(1), row.getLong(2), row.getLong(3)));
            }
        }
        return dropped;
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

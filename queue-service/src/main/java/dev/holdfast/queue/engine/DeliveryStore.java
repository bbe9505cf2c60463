package dev.holdfast.queue.engine;

import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.store.Tx;
import io.netty.util.collection.LongObjectHashMap;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code delivery}, and what leaves together with its message.
 *
 * <p>What a transaction does to deliveries and what it deletes is collected and written just before the commit: neighbours
 * in the order of keys, which is how batches are received and deleted, then cost one statement together. Writer thread
 * only.
 */
final class DeliveryStore {
    private final List<Delivery> dirty = new ArrayList<>();
    private long[] deleted = new long[256];
    private int deletedCount;

    /** Every delivery that memory holds, at a start. */
    List<Delivery> deliveries(Tx tx) throws SQLException {
        LongObjectHashMap<String> groups = groups(tx);
        List<Delivery> deliveries = new ArrayList<>();
        PreparedStatement select = tx.read("""
                select id, visible_at, receive_count, received_at, first_received_at, place
                from delivery
                where parked = 0
                order by id""");
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                deliveries.add(delivery(row, groups.get(row.getLong(1))));
            }
        }
        return deliveries;
    }

    /** The groups of messages that have a delivery: from the index, since a row's group stands behind its body. */
    private static LongObjectHashMap<String> groups(Tx tx) throws SQLException {
        LongObjectHashMap<String> groups = new LongObjectHashMap<>();
        PreparedStatement select = tx.read("""
                select m.id, m.group_id
                from message m indexed by message_by_group
                where m.group_id is not null
                  and exists (select 1 from delivery d where d.id = m.id and d.parked = 0)""");
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                groups.put(row.getLong(1), row.getString(2));
            }
        }
        return groups;
    }

    /** The parked deliveries of a queue that become visible first, of messages after a key. */
    List<Delivery> parked(Tx tx, long queueNumber, long afterKey, int limit) throws SQLException {
        PreparedStatement select = tx.read("""
                select id, visible_at, receive_count, received_at, first_received_at, place,
                  (select group_id from message m where m.id = delivery.id)
                from delivery
                where id >> 40 = ? and parked = 1 and id > ?
                order by visible_at
                limit ?""");
        select.setLong(1, queueNumber);
        select.setLong(2, afterKey);
        select.setInt(3, limit);
        List<Delivery> deliveries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                deliveries.add(delivery(row, row.getString(7)));
            }
        }
        return deliveries;
    }

    /** Null when no parked delivery has the key. */
    @Nullable Delivery parked(Tx tx, long key) throws SQLException {
        PreparedStatement select = tx.read("""
                select id, visible_at, receive_count, received_at, first_received_at, place,
                  (select group_id from message m where m.id = delivery.id)
                from delivery
                where id = ? and parked = 1""");
        select.setLong(1, key);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? delivery(row, row.getString(7)) : null;
        }
    }

    private static Delivery delivery(ResultSet row, @Nullable String groupId) throws SQLException {
        int count = row.getInt(3);
        Delivery delivery =
                new Delivery(row.getLong(1), count == 0 ? Delivery.State.DELAYED : Delivery.State.IN_FLIGHT);
        delivery.visibleAtMillis = row.getLong(2);
        delivery.receiveCount = count;
        delivery.receivedAtMillis = row.getLong(4);
        delivery.firstReceivedAtMillis = MessageStore.nullableLong(row, 5);
        long place = row.getLong(6);
        delivery.place = place == 0 ? delivery.key : place;
        delivery.groupId = groupId;
        delivery.stored = true;
        return delivery;
    }

    /** Notes that this transaction must write the delivery as it will be at its end. */
    void save(Delivery delivery) {
        if (!delivery.dirty) {
            delivery.dirty = true;
            dirty.add(delivery);
        }
    }

    /** Notes that this transaction deletes the message and what is known of it. */
    void delete(long key) {
        if (deletedCount == deleted.length) {
            deleted = Arrays.copyOf(deleted, deletedCount * 2);
        }
        deleted[deletedCount++] = key;
    }

    /** Writes what was noted. */
    void flush(Tx tx) throws SQLException {
        flushDeliveries(tx);
        flushDeletes(tx);
    }

    /** Drops what was noted, after a rollback. */
    void forget() {
        dirty.clear();
        deletedCount = 0;
    }

    private void flushDeliveries(Tx tx) throws SQLException {
        int i = 0;
        while (i < dirty.size()) {
            Delivery first = dirty.get(i);
            int end = i + 1;
            while (end < dirty.size() && isSameReceive(first, dirty.get(end), end - i)) {
                end++;
            }
            if (first.state == Delivery.State.GONE) {
                first.dirty = false;
            } else if (end - i > 1) {
                insertRun(tx, first, dirty.get(end - 1).key);
            } else {
                upsert(tx, first);
            }
            for (; i < end; i++) {
                dirty.get(i).dirty = false;
                dirty.get(i).stored = true;
            }
        }
        dirty.clear();
    }

    /** Whether one statement can write both: first receives of neighbours in one call. */
    private static boolean isSameReceive(Delivery first, Delivery next, int distance) {
        return next.key == first.key + distance
                && !first.stored
                && !next.stored
                && first.state == Delivery.State.IN_FLIGHT
                && next.state == Delivery.State.IN_FLIGHT
                && first.receiveCount == 1
                && next.receiveCount == 1
                && next.visibleAtMillis == first.visibleAtMillis
                && first.place == first.key
                && next.place == next.key
                && Objects.equals(next.firstReceivedAtMillis, first.firstReceivedAtMillis);
    }

    private static void insertRun(Tx tx, Delivery first, long lastKey) throws SQLException {
        PreparedStatement insert = tx.write("""
                with recursive run (id) as (
                  values (?) union all select id + 1 from run where id < ?)
                insert into delivery (id, visible_at, receive_count, received_at, first_received_at)
                select id, ?, 1, ?, ? from run""");
        insert.setLong(1, first.key);
        insert.setLong(2, lastKey);
        insert.setLong(3, first.visibleAtMillis);
        insert.setLong(4, first.receivedAtMillis);
        MessageStore.setLong(insert, 5, first.firstReceivedAtMillis);
        insert.executeUpdate();
    }

    private static void upsert(Tx tx, Delivery delivery) throws SQLException {
        PreparedStatement upsert = tx.write("""
                insert into delivery (id, visible_at, receive_count, received_at, first_received_at, place, parked)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set
                  visible_at = excluded.visible_at,
                  receive_count = excluded.receive_count,
                  received_at = excluded.received_at,
                  first_received_at = excluded.first_received_at,
                  place = excluded.place,
                  parked = excluded.parked""");
        upsert.setLong(1, delivery.key);
        upsert.setLong(2, delivery.visibleAtMillis);
        upsert.setInt(3, delivery.receiveCount);
        upsert.setLong(4, delivery.receivedAtMillis);
        MessageStore.setLong(upsert, 5, delivery.firstReceivedAtMillis);
        upsert.setLong(6, delivery.place == delivery.key ? 0 : delivery.place);
        upsert.setInt(7, delivery.parked ? 1 : 0);
        upsert.executeUpdate();
    }

    private void flushDeletes(Tx tx) throws SQLException {
        Arrays.sort(deleted, 0, deletedCount);
        int i = 0;
        while (i < deletedCount) {
            int end = i + 1;
            while (end < deletedCount && deleted[end] <= deleted[end - 1] + 1) {
                end++;
            }
            MessageStore.deleteRange(tx, deleted[i], deleted[end - 1]);
            i = end;
        }
        deletedCount = 0;
    }
}

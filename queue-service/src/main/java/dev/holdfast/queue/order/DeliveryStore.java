package dev.holdfast.queue.order;

import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.store.Sql;
import dev.holdfast.queue.store.Tx;
import io.netty.util.collection.LongObjectHashMap;
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
public final class DeliveryStore {
    private static final String COLUMNS = "id, visible_at, receive_count, received_at, first_received_at, place";

    private static final String GROUP_ID = "(select group_id from message m where m.id = delivery.id)";

    private final List<Delivery> dirty = new ArrayList<>();
    private long[] deleted = new long[256];
    private int deletedCount;

    /** Every delivery that memory holds, at a start. */
    public List<Delivery> deliveries(Tx tx) throws SQLException {
        LongObjectHashMap<String> groups = groups(tx);
        return tx.all(
                "select " + COLUMNS + " from delivery where parked = 0 order by id",
                row -> delivery(row, groups.get(row.getLong(1))));
    }

    /** The groups of messages that have a delivery: from the index, since a row's group stands behind its body. */
    private static LongObjectHashMap<String> groups(Tx tx) throws SQLException {
        LongObjectHashMap<String> groups = new LongObjectHashMap<>();
        tx.visit("""
                select m.id, m.group_id
                from message m indexed by message_by_group
                where m.group_id is not null
                  and exists (select 1 from delivery d where d.id = m.id and d.parked = 0)""", row -> {
            groups.put(row.getLong(1), row.getString(2));
            return true;
        });
        return groups;
    }

    /** The parked deliveries of a queue that become visible first, of messages after a key. */
    public List<Delivery> parked(Tx tx, long queueNumber, long afterKey, int limit) throws SQLException {
        return tx.all(
                "select " + COLUMNS + ", " + GROUP_ID + """
                 from delivery
                where queue_of(id) = ? and parked = 1 and id > ?
                order by visible_at
                limit ?""",
                row -> delivery(row, row.getString(7)),
                queueNumber,
                afterKey,
                limit);
    }

    /** Null when no parked delivery has the key. */
    public @Nullable Delivery parked(Tx tx, long key) throws SQLException {
        return tx.<Delivery>one(
                        "select " + COLUMNS + ", " + GROUP_ID + " from delivery where id = ? and parked = 1",
                        row -> delivery(row, row.getString(7)),
                        key)
                .orElse(null);
    }

    /** The parked deliveries of one queue. */
    public record Parked(long queueNumber, long count, long delayed, long nextVisibleAtMillis) {}

    public static List<Parked> parkedByQueue(Tx tx) throws SQLException {
        return tx.all("""
                select queue_of(id), count(*), sum(receive_count = 0), min(visible_at)
                from delivery
                where parked = 1
                group by queue_of(id)""", row -> new Parked(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    }

    private static Delivery delivery(ResultSet row, @Nullable String groupId) throws SQLException {
        long key = row.getLong(1);
        long place = row.getLong(6);
        return Delivery.stored(
                new Delivery.Row(
                        key,
                        row.getLong(2),
                        row.getInt(3),
                        row.getLong(4),
                        Sql.nullableLong(row, 5),
                        place == 0 ? key : place),
                groupId);
    }

    /** Notes that this transaction must write the delivery as it will be at its end. */
    public void save(Delivery delivery) {
        if (delivery.markDirty()) {
            dirty.add(delivery);
        }
    }

    /** Notes that this transaction deletes the message and what is known of it. */
    public void delete(long key) {
        if (deletedCount == deleted.length) {
            deleted = Arrays.copyOf(deleted, deletedCount * 2);
        }
        deleted[deletedCount++] = key;
    }

    /** Writes what was noted. */
    public void flush(Tx tx) throws SQLException {
        flushDeliveries(tx);
        flushDeletes(tx);
    }

    /** Drops what was noted, after a rollback. */
    public void forget() {
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
            if (end - i > 1) {
                insertRun(tx, first, dirty.get(end - 1).key());
            } else if (!first.isGone()) {
                upsert(tx, first);
            }
            for (; i < end; i++) {
                dirty.get(i).written();
            }
        }
        dirty.clear();
    }

    /** Whether one statement can write both: first receives of neighbours in one call. */
    private static boolean isSameReceive(Delivery first, Delivery next, int distance) {
        return next.key() == first.key() + distance
                && first.isFirstReceive()
                && next.isFirstReceive()
                && next.visibleAtMillis() == first.visibleAtMillis()
                && Objects.equals(next.firstReceivedAtMillis(), first.firstReceivedAtMillis());
    }

    private static void insertRun(Tx tx, Delivery first, long lastKey) throws SQLException {
        tx.update(
                """
                with recursive run (id) as (
                  values (?) union all select id + 1 from run where id < ?)
                insert into delivery (id, visible_at, receive_count, received_at, first_received_at)
                select id, ?, 1, ?, ? from run""",
                first.key(),
                lastKey,
                first.visibleAtMillis(),
                first.receivedAtMillis(),
                first.firstReceivedAtMillis());
    }

    private static void upsert(Tx tx, Delivery delivery) throws SQLException {
        tx.update(
                """
                insert into delivery (id, visible_at, receive_count, received_at, first_received_at, place, parked)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set
                  visible_at = excluded.visible_at,
                  receive_count = excluded.receive_count,
                  received_at = excluded.received_at,
                  first_received_at = excluded.first_received_at,
                  place = excluded.place,
                  parked = excluded.parked""",
                delivery.key(),
                delivery.visibleAtMillis(),
                delivery.receiveCount(),
                delivery.receivedAtMillis(),
                delivery.firstReceivedAtMillis(),
                delivery.place() == delivery.key() ? 0 : delivery.place(),
                delivery.isParked());
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

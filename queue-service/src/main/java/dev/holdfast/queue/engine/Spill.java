package dev.holdfast.queue.engine;

import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.DeliveryStore;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delayed and returned messages of one queue beyond what memory holds: their rows stay on disk, found by an index when
 * their time has come. Writer thread only.
 */
final class Spill {
    /** Delayed, and returned, deliveries that memory holds for a queue: about 10 MiB each. */
    static final int MAX_HELD = 100_000;

    private static final int FETCH_AT_ONCE = 1_000;

    private final DeliveryStore store;
    private final QueueKeys keys;
    private long count;
    private long delayed;
    private long nextVisibleAtMillis = Long.MAX_VALUE;

    Spill(DeliveryStore store, QueueKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /** What a start finds parked. */
    void recovered(DeliveryStore.Parked parked) {
        count = parked.count();
        delayed = parked.delayed();
        nextVisibleAtMillis = parked.nextVisibleAtMillis();
    }

    /** Parked messages whose delay had not run out when they were last looked at. */
    long delayed() {
        return delayed;
    }

    /** Long.MAX_VALUE when nothing is parked. */
    long nextVisibleAtMillis() {
        return nextVisibleAtMillis;
    }

    void park(Delivery delivery) {
        delivery.park();
        store.save(delivery);
        count++;
        if (delivery.receiveCount() == 0) {
            delayed++;
        }
        nextVisibleAtMillis = Math.min(nextVisibleAtMillis, delivery.visibleAtMillis());
    }

    /** The next ones whose time has come, no longer parked. */
    List<Delivery> fetchDue(Tx tx) throws SQLException {
        store.flush(tx);
        List<Delivery> soonest = store.parked(tx, keys.queueNumber(), keys.lastPurged(), FETCH_AT_ONCE);
        List<Delivery> due = soonest.stream()
                .filter(delivery -> delivery.visibleAtMillis() <= tx.nowMillis())
                .toList();
        due.forEach(this::unpark);
        if (due.size() < soonest.size()) {
            nextVisibleAtMillis = soonest.get(due.size()).visibleAtMillis();
        } else if (soonest.size() < FETCH_AT_ONCE) {
            nextVisibleAtMillis = Long.MAX_VALUE;
        }
        return due;
    }

    /** One by its key; null when it is not parked. */
    @Nullable Delivery fetch(Tx tx, long key) throws SQLException {
        if (count == 0) {
            return null;
        }
        store.flush(tx);
        Delivery delivery = store.parked(tx, key);
        if (delivery != null) {
            unpark(delivery);
        }
        return delivery;
    }

    private void unpark(Delivery delivery) {
        delivery.unpark();
        store.save(delivery);
        count--;
        if (delivery.receiveCount() == 0) {
            delayed--;
        }
    }
}

package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.DeliveryOrder;
import dev.holdfast.queue.order.DeliveryStore;
import dev.holdfast.queue.order.Heap;
import dev.holdfast.queue.store.Tx;
import io.netty.util.collection.LongObjectHashMap;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What memory knows of one queue's delayed, in-flight and returned messages. A message becomes visible because the clock
 * moved: {@link #settle} looks at the clock whenever the queue is used. Writer thread only.
 */
final class Deliveries {
    private final DeliveryStore store;
    private final DeliveryOrder order;
    private final Spill spill;
    private final QueueKeys keys;
    private final QueueLifecycle lifecycle;

    /** Whether what fails again and again goes behind the others; in a FIFO queue it keeps its place. */
    private final boolean failuresGoToTheBack;

    private final LongObjectHashMap<Delivery> held = new LongObjectHashMap<>();

    /** Delayed and in flight, soonest visible first. */
    private final Heap<Delivery> invisible = new Heap<>();

    private int inFlight;
    private int delayed;

    Deliveries(DeliveryStore store, DeliveryOrder order, QueueKeys keys, QueueLifecycle lifecycle, boolean fifo) {
        this.store = store;
        this.order = order;
        this.spill = new Spill(store, keys);
        this.keys = keys;
        this.lifecycle = lifecycle;
        this.failuresGoToTheBack = !fifo;
    }

    int inFlight() {
        return inFlight;
    }

    long delayed() {
        return delayed + spill.delayed();
    }

    /** One that was on disk when the server started. */
    void recovered(Delivery delivery) {
        held.put(delivery.key(), delivery);
        becomesInvisible(delivery);
        if (delivery.isInFlight()) {
            order.recovered(delivery);
        }
    }

    void recoveredParked(DeliveryStore.Parked parked) {
        spill.recovered(parked);
    }

    /** A new message is delayed. */
    void delay(Tx tx, Message message, long untilMillis) throws SQLException {
        Delivery delivery = Delivery.delayed(message, untilMillis);
        if (delayed >= Spill.MAX_HELD) {
            spill.park(delivery);
        } else {
            held.put(delivery.key(), delivery);
            becomesInvisible(delivery);
            store.save(delivery);
        }
        // At once: the read-ahead tells delayed messages from others by their rows.
        store.flush(tx);
    }

    /** A message is received: it is in flight until its timeout is over. */
    Delivery deliver(Tx tx, DeliveryOrder.Next next, Duration timeout) {
        Delivery delivery = next.deliveryOrFirst();
        delivery.received(next.message(), tx.nowMillis(), tx.nowMillis() + timeout.toMillis());
        held.put(delivery.key(), delivery);
        becomesInvisible(delivery);
        store.save(delivery);
        order.delivered(delivery);
        lifecycle.received(tx, delivery);
        return delivery;
    }

    /** What was taken out of the order to be moved stays after all, first in its place. */
    void putBack(Tx tx, DeliveryOrder.Next next) {
        Delivery delivery = next.deliveryOrFirst();
        delivery.staysVisible(next.message(), tx.nowMillis());
        held.put(delivery.key(), delivery);
        store.save(delivery);
        order.returned(delivery, false);
    }

    /** Begins the timeout of an in-flight message anew, with another length. */
    void extend(Tx tx, Delivery delivery, Duration timeout) {
        invisible.remove(delivery);
        delivery.extended(tx.nowMillis() + timeout.toMillis());
        invisible.add(delivery);
        store.save(delivery);
        if (!timeout.isZero()) {
            lifecycle.extended(tx, delivery);
        }
    }

    /** Null when nothing is known of the message: it is gone, or was never received. One that is parked is fetched. */
    @Nullable Delivery find(Tx tx, long key) throws SQLException {
        settle(tx);
        Delivery known = held.get(key);
        if (known != null) {
            return known;
        }
        Delivery parked = spill.fetch(tx, key);
        if (parked != null) {
            unparked(parked);
            becomeVisible(tx);
        }
        return parked;
    }

    /** Returned ones that were received at least this often, in the order they were sent. */
    List<Delivery> returned(int minReceives, int limit) {
        List<Delivery> found = new ArrayList<>();
        if (order.returnedCount() == 0) {
            return found;
        }
        for (Delivery delivery : held.values()) {
            if (delivery.isReturned() && delivery.receiveCount() >= minReceives) {
                found.add(delivery);
            }
        }
        found.sort(Comparator.comparingLong(Delivery::key));
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    int returnedCount() {
        return order.returnedCount();
    }

    /** Out of the order and of what waits for the clock: its message is about to leave. */
    void takeOut(Delivery delivery, long nowMillis) {
        switch (delivery.state()) {
            case DELAYED -> {
                invisible.remove(delivery);
                delayed--;
            }
            case IN_FLIGHT -> {
                invisible.remove(delivery);
                inFlight--;
                order.removed(delivery, nowMillis);
            }
            case RETURNED -> order.removed(delivery, nowMillis);
            case GONE -> throw new IllegalStateException("message is gone: " + delivery.key());
        }
    }

    /** The message has left. */
    void forget(long key) {
        Delivery delivery = held.remove(key);
        if (delivery != null) {
            delivery.leaves();
        }
    }

    /** When the next invisible message becomes visible, in milliseconds since 1970; Long.MAX_VALUE for never. */
    long nextVisibleAtMillis() {
        return Math.min(Math.min(invisible.firstOrder(), spill.nextVisibleAtMillis()), order.nextVisibleAtMillis());
    }

    /** Delayed still, or returned when it was parked. */
    private void unparked(Delivery delivery) {
        held.put(delivery.key(), delivery);
        if (delivery.receiveCount() == 0) {
            becomesInvisible(delivery);
        } else {
            delivery.returns();
            order.returned(delivery, false);
        }
    }

    /** Makes visible what the clock has made visible. */
    void settle(Tx tx) throws SQLException {
        long now = tx.nowMillis();
        order.settle(now);
        becomeVisible(tx);
        while (order.returnedCount() > Spill.MAX_HELD) {
            Delivery spare = order.takeLastReturned();
            if (spare == null) {
                break;
            }
            held.remove(spare.key());
            spill.park(spare);
        }
        if (order.returnedCount() < Spill.MAX_HELD / 2 && spill.nextVisibleAtMillis() <= now) {
            for (Delivery delivery : spill.fetchDue(tx)) {
                unparked(delivery);
            }
            becomeVisible(tx);
        }
    }

    private void becomeVisible(Tx tx) {
        while (invisible.firstOrder() <= tx.nowMillis()) {
            Delivery delivery = invisible.pop();
            boolean wasInFlight = delivery.isInFlight();
            if (wasInFlight) {
                inFlight--;
            } else {
                delayed--;
            }
            if (failuresGoToTheBack && delivery.receiveCount() >= Limits.RECEIVES_BEFORE_BACK_OF_QUEUE) {
                delivery.goesToTheBack(keys.back());
            }
            delivery.returns();
            lifecycle.returned(tx, delivery);
            order.returned(delivery, wasInFlight);
        }
    }

    private void becomesInvisible(Delivery delivery) {
        invisible.add(delivery);
        if (!delivery.isInFlight()) {
            delayed++;
        } else {
            inFlight++;
        }
    }
}

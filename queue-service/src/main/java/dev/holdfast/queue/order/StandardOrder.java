package dev.holdfast.queue.order;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The order of a standard queue among messages that are equals: what has come back stands where it was, before what was
 * sent later; the rest in the order it was sent. Writer thread only.
 */
final class StandardOrder {
    private final MessageStore store;
    private final Backlog backlog;
    private final Heap<Delivery> returned = new Heap<>();

    StandardOrder(MessageStore store, Backlog backlog) {
        this.store = store;
        this.backlog = backlog;
    }

    Backlog backlog() {
        return backlog;
    }

    void returned(Delivery delivery) {
        returned.add(delivery);
    }

    void removed(Delivery delivery) {
        returned.remove(delivery);
    }

    /** Where the next message stands among the queue's; Long.MAX_VALUE when there is none. */
    long nextPlace(Tx tx) throws SQLException {
        Message fresh = backlog.peek(tx);
        return Math.min(fresh == null ? Long.MAX_VALUE : fresh.key(), returned.firstOrder());
    }

    /** The same without a look at the disk: the next message stands there or later. */
    long earliestPlace() {
        return Math.min(backlog.earliestKey(), returned.firstOrder());
    }

    DeliveryOrder.@Nullable Next poll(Tx tx) throws SQLException {
        Message fresh = backlog.peek(tx);
        Delivery back = returned.peek();
        if (back != null && (fresh == null || back.place() <= fresh.key())) {
            returned.pop();
            return new DeliveryOrder.Next(store.mustRead(tx, back.key()), back);
        }
        return fresh == null ? null : new DeliveryOrder.Next(backlog.take(), null);
    }

    int returnedCount() {
        return returned.size();
    }

    @Nullable Delivery takeLastReturned() {
        return returned.removeOneOfTheLast();
    }
}

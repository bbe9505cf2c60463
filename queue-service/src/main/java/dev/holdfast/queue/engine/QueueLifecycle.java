package dev.holdfast.queue.engine;

import dev.holdfast.queue.ledger.Lifecycle;
import dev.holdfast.queue.ledger.Lifecycle.Transition;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.store.Tx;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishes what happens to one queue's messages, once it is on disk. Free of cost while nobody watches. Writer thread only. */
final class QueueLifecycle {
    private final Lifecycle lifecycle;
    private final String queueName;

    QueueLifecycle(Lifecycle lifecycle, String queueName) {
        this.lifecycle = lifecycle;
        this.queueName = queueName;
    }

    /** A message came, at once or with a delay. */
    void sent(Tx tx, Message message, long visibleAtMillis) {
        if (visibleAtMillis <= tx.nowMillis()) {
            publish(tx, Transition.SENT, message.messageId(), 0, null);
        } else {
            publish(tx, Transition.DELAYED, message.messageId(), 0, visibleAtMillis);
        }
    }

    void movedIn(Tx tx, Message message) {
        publish(tx, Transition.MOVED_IN, message.messageId(), message.priorReceives(), null);
    }

    void received(Tx tx, Delivery delivery) {
        invisible(tx, Transition.RECEIVED, delivery);
    }

    void extended(Tx tx, Delivery delivery) {
        invisible(tx, Transition.EXTENDED, delivery);
    }

    private void invisible(Tx tx, Transition transition, Delivery delivery) {
        publish(tx, transition, delivery.messageId(), delivery.receiveCount(), delivery.visibleAtMillis());
    }

    void returned(Tx tx, Delivery delivery) {
        publish(tx, Transition.RETURNED, delivery.messageId(), delivery.receiveCount(), null);
    }

    void left(Tx tx, Transition door, @Nullable UUID messageId, int receiveCount) {
        publish(tx, door, messageId, receiveCount, null);
    }

    void purged(Tx tx) {
        publish(tx, Transition.PURGED, null, 0, null);
    }

    private void publish(
            Tx tx, Transition transition, @Nullable UUID messageId, int receiveCount, @Nullable Long visibleAtMillis) {
        if (lifecycle.isWatched()) {
            Lifecycle.Change change = new Lifecycle.Change(
                    tx.nowMillis(), queueName, messageId, transition, receiveCount, visibleAtMillis);
            tx.afterCommit(() -> lifecycle.publish(change));
        }
    }
}

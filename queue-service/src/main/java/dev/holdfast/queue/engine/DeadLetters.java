package dev.holdfast.queue.engine;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.order.DeliveryOrder;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.queues.RedrivePolicy;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Moves what was received too often to its queue's dead-letter queue, in one transaction. Where that queue is gone the
 * message stays and goes on being delivered: not losing it comes first. Writer thread only.
 */
final class DeadLetters {
    private final Queues definitions;
    private final OpenQueues queues;

    DeadLetters(Queues definitions, OpenQueues queues) {
        this.definitions = definitions;
        this.queues = queues;
    }

    /** Moves the message, which is out of its queue's order, if it has been received as often as it may. */
    boolean take(Tx tx, QueueMessages source, DeliveryOrder.Next next) throws SQLException {
        Delivery delivery = next.delivery();
        RedrivePolicy policy = source.queue().attributes().redrivePolicy().orElse(null);
        if (policy == null || delivery == null || delivery.receiveCount() < policy.maxReceiveCount()) {
            return false;
        }
        QueueMessages target = target(policy);
        if (target == null) {
            return false;
        }
        move(tx, source, target, next.message(), delivery);
        return true;
    }

    /** Moves what has come back too often, so that the dead-letter queue shows it though nobody receives here. */
    void takeReturned(Tx tx, QueueMessages source, int limit) throws SQLException {
        RedrivePolicy policy = source.queue().attributes().redrivePolicy().orElse(null);
        QueueMessages target = policy == null ? null : target(policy);
        if (policy == null || target == null) {
            return;
        }
        for (Delivery delivery : source.redrive().returned(policy.maxReceiveCount(), limit)) {
            move(tx, source, target, source.redrive().takeOut(tx, delivery), delivery);
        }
    }

    private @Nullable QueueMessages target(RedrivePolicy policy) {
        return definitions
                .find(policy.deadLetterTarget())
                .map(queue -> queues.find(queue.number()))
                .orElse(null);
    }

    private void move(Tx tx, QueueMessages source, QueueMessages target, Message message, Delivery delivery)
            throws SQLException {
        String sourceArn = source.queue().arn(definitions.settings().region()).toString();
        target.redrive()
                .moveIn(
                        tx,
                        message.asDeadLetter(
                                sourceArn,
                                delivery.receiveCount(),
                                delivery.firstReceivedAtMillis(),
                                target.queue().isFifo(),
                                tx.nowMillis()));
        source.redrive().moveOut(tx, message, delivery.receiveCount());
    }
}

package dev.holdfast.queue.engine;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.order.Delivery;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.queues.RedrivePolicy;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Moves a message that was received too often to its queue's dead-letter queue, in one transaction. Writer thread only. */
final class DeadLetters {
    private final Queues queues;
    private final LongFunction<@Nullable QueueMessages> stocks;

    /**
     * @param stocks the stock of a queue, to be changed; null when it is gone
     */
    DeadLetters(Queues queues, LongFunction<@Nullable QueueMessages> stocks) {
        this.queues = queues;
        this.stocks = stocks;
    }

    /**
     * Puts the message into the dead-letter queue; the caller takes it out of its own.
     *
     * @return false when the target is not there: the message then stays and goes on being delivered
     */
    boolean move(Tx tx, Queue source, RedrivePolicy policy, Message message, Delivery delivery) throws SQLException {
        Queue target = queues.find(policy.deadLetterTarget()).orElse(null);
        QueueMessages stock = target == null ? null : stocks.apply(target.number());
        if (target == null || stock == null) {
            return false;
        }
        stock.moveIn(
                tx,
                new Message(
                        message.key(),
                        message.messageId(),
                        message.sentAtMillis(),
                        // Retention begins anew in a FIFO queue only (Developer Guide, dead-letter queue retention).
                        target.isFifo() ? tx.nowMillis() : message.retainedSince(),
                        message.body(),
                        message.md5OfBody(),
                        message.attributes(),
                        message.sender(),
                        message.traceHeader(),
                        message.groupId(),
                        target.isFifo() ? message.messageId().toString() : message.deduplicationId(),
                        source.arn(queues.settings().region()).toString(),
                        message.priorReceives() + delivery.receiveCount,
                        delivery.firstReceivedAtMillis,
                        tx.nowMillis()));
        return true;
    }
}

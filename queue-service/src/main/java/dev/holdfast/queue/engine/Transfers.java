package dev.holdfast.queue.engine;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageId;
import dev.holdfast.queue.order.DeliveryOrder;
import dev.holdfast.queue.queues.QueueArn;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Moves visible messages out of a dead-letter queue on request, one at a time. Writer thread only. */
final class Transfers {
    private final Queues definitions;
    private final OpenQueues queues;

    Transfers(Queues definitions, OpenQueues queues) {
        this.definitions = definitions;
        this.queues = queues;
    }

    /** What came of one step. */
    enum Outcome {
        MOVED,
        /** The destination accepted the same message in the last five minutes; the copy is deleted. */
        DUPLICATE,
        NOTHING_VISIBLE,
        /** There is no queue to move it to; the message stays. */
        NO_DESTINATION,
        /** The source queue is gone. */
        NO_SOURCE
    }

    /** How many messages could be moved now. */
    long visible(Tx tx, long sourceNumber) throws SQLException {
        return queues.get(sourceNumber).counts(tx).waiting();
    }

    /**
     * Moves the next message, which becomes a new one.
     *
     * @param destination null for the queue that each message came from
     */
    Outcome moveNext(Tx tx, long sourceNumber, @Nullable QueueArn destination) throws SQLException {
        QueueMessages source = queues.find(sourceNumber);
        if (source == null) {
            return Outcome.NO_SOURCE;
        }
        DeliveryOrder.Next next = source.redrive().takeNext(tx);
        if (next == null) {
            return Outcome.NOTHING_VISIBLE;
        }
        Message letter = next.message();
        QueueMessages target = target(destination, letter);
        if (target == null) {
            source.redrive().putBack(tx, next);
            return Outcome.NO_DESTINATION;
        }
        boolean moved = target.redrive()
                .moveInUnlessDuplicate(
                        tx, letter.asNew(MessageId.random(), target.queue().isFifo(), tx.nowMillis()));
        if (!moved) {
            source.redrive().deleteDuplicate(tx, letter);
            return Outcome.DUPLICATE;
        }
        source.redrive().moveOut(tx, letter, next.receiveCount());
        return Outcome.MOVED;
    }

    private @Nullable QueueMessages target(@Nullable QueueArn destination, Message letter) {
        QueueArn arn = destination;
        if (arn == null && letter.origin() != null) {
            arn = QueueArn.parse(letter.origin().queueArn()).orElse(null);
        }
        return arn == null
                ? null
                : definitions
                        .find(arn)
                        .map(queue -> queues.find(queue.number()))
                        .orElse(null);
    }
}

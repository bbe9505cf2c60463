package dev.holdfast.queue.engine;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueArn;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Moves visible messages out of a dead-letter queue, one at a time, at somebody's wish. Writer thread only. */
public final class Transfers {
    private final Queues queues;
    private final MessageEngine messages;

    public Transfers(Queues queues, MessageEngine messages) {
        this.queues = queues;
        this.messages = messages;
    }

    /** What came of one step. */
    public enum Outcome {
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
    public long visible(Tx tx, long sourceNumber) throws SQLException {
        return messages.stock(sourceNumber).waiting(tx);
    }

    /**
     * Moves the next message.
     *
     * @param destination null for the queue that each message came from
     */
    public Outcome moveNext(Tx tx, long sourceNumber, @Nullable QueueArn destination) throws SQLException {
        QueueMessages source = messages.touchIfThere(sourceNumber);
        if (source == null) {
            return Outcome.NO_SOURCE;
        }
        return source.moveNext(tx, message -> target(destination, message));
    }

    private @Nullable QueueMessages target(@Nullable QueueArn destination, Message message) {
        QueueArn arn = destination;
        if (arn == null && message.sourceArn() != null) {
            arn = QueueArn.parse(message.sourceArn()).orElse(null);
        }
        Queue queue = arn == null ? null : queues.find(arn).orElse(null);
        return queue == null ? null : messages.touchIfThere(queue.number());
    }
}

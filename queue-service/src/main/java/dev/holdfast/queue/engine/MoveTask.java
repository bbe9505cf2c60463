package dev.holdfast.queue.engine;

import dev.holdfast.queue.queues.QueueArn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that moves the messages of a dead-letter queue, as it stands on disk. Each state has methods for the ways out of
 * it, and no others:
 *
 * <pre>
 *   Running ──► Completed
 *      │  └───► Failed
 *      └──────► Cancelling ──► Cancelled
 * </pre>
 */
public sealed interface MoveTask {
    Order order();

    Progress progress();

    /** As clients and the table know the state. */
    String status();

    /**
     * What was asked for.
     *
     * @param sourceNumber the queue whose messages move
     * @param destination null where each message goes back to the queue it came from
     * @param messagesPerSecond 1 to 500; null where the server may choose
     * @param startedAtMillis milliseconds since 1970
     * @param toMove visible messages when it started: it moves no more than these
     */
    record Order(
            UUID id,
            long sourceNumber,
            QueueArn source,
            @Nullable QueueArn destination,
            @Nullable Integer messagesPerSecond,
            long startedAtMillis,
            long toMove) {}

    /**
     * How far it has come.
     *
     * @param moved messages, by now
     * @param handled moved, and duplicates of what the destination had accepted already
     */
    record Progress(long moved, long handled) {
        static final Progress NONE = new Progress(0, 0);
    }

    /** A task that goes on, and keeps its source from having another. */
    sealed interface Active extends MoveTask {}

    record Running(Order order, Progress progress) implements Active {
        Running moved() {
            return new Running(order, new Progress(progress.moved + 1, progress.handled + 1));
        }

        Running foundDuplicate() {
            return new Running(order, new Progress(progress.moved, progress.handled + 1));
        }

        boolean isDone() {
            return progress.handled >= order.toMove;
        }

        Completed completed() {
            return new Completed(order, progress);
        }

        Failed failed(String reason) {
            return new Failed(order, progress, reason);
        }

        Cancelling cancelling() {
            return new Cancelling(order, progress);
        }

        @Override
        public String status() {
            return "RUNNING";
        }
    }

    /** It moves nothing any more; its next step ends it. */
    record Cancelling(Order order, Progress progress) implements Active {
        Cancelled cancelled() {
            return new Cancelled(order, progress);
        }

        @Override
        public String status() {
            return "CANCELLING";
        }
    }

    record Completed(Order order, Progress progress) implements MoveTask {
        @Override
        public String status() {
            return "COMPLETED";
        }
    }

    record Cancelled(Order order, Progress progress) implements MoveTask {
        @Override
        public String status() {
            return "CANCELLED";
        }
    }

    record Failed(Order order, Progress progress, String reason) implements MoveTask {
        @Override
        public String status() {
            return "FAILED";
        }
    }
}

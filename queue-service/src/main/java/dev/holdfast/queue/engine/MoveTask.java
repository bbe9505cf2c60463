package dev.holdfast.queue.engine;

import dev.holdfast.queue.queues.QueueArn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that moves the messages of a dead-letter queue, as it stands on disk.
 *
 * @param sourceNumber the queue whose messages move
 * @param destination null where each message goes back to the queue it came from
 * @param messagesPerSecond 1 to 500; null where the server may go as fast as suits it
 * @param startedAtMillis milliseconds since 1970
 * @param toMove visible messages when it started: it moves no more than these
 * @param moved of these, by now
 * @param handled moved, and duplicates of what the destination had accepted already
 */
public record MoveTask(
        UUID id,
        long sourceNumber,
        QueueArn source,
        @Nullable QueueArn destination,
        @Nullable Integer messagesPerSecond,
        Status status,
        long startedAtMillis,
        long toMove,
        long moved,
        long handled,
        @Nullable String failureReason) {

    public enum Status {
        RUNNING,
        COMPLETED,
        CANCELLING,
        CANCELLED,
        FAILED;

        boolean isActive() {
            return this == RUNNING || this == CANCELLING;
        }
    }

    MoveTask with(Status changed) {
        return changed(changed, moved, handled, failureReason);
    }

    MoveTask progressed(long moreMoved, long moreHandled) {
        return changed(status, moved + moreMoved, handled + moreHandled, failureReason);
    }

    MoveTask failed(String reason) {
        return changed(Status.FAILED, moved, handled, reason);
    }

    private MoveTask changed(Status newStatus, long newMoved, long newHandled, @Nullable String newReason) {
        return new MoveTask(
                id,
                sourceNumber,
                source,
                destination,
                messagesPerSecond,
                newStatus,
                startedAtMillis,
                toMove,
                newMoved,
                newHandled,
                newReason);
    }
}

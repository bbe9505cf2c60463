package dev.holdfast.dashboard.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a message's state, as the queue tells it.
 *
 * @param transition sent, delayed, received, extended, returned, deleted, movedIn, movedOut or expired
 * @param visibleAt until when the message is hidden, where it is
 */
public record Transition(
        Instant at,
        String transition,
        int receiveCount,
        @Nullable Instant visibleAt) {

    /** Whether the message leaves the queue by it. */
    boolean isEnd() {
        return transition.equals("deleted") || transition.equals("movedOut") || transition.equals("expired");
    }

    /** In a sentence about the message. */
    public String words() {
        return switch (transition) {
            case "sent" -> "sent by a producer";
            case "delayed" -> "sent with a delay";
            case "received" ->
                receiveCount > 1 ? "received for the " + ordinal(receiveCount) + " time" : "received by a consumer";
            case "extended" -> "visibility timeout changed";
            case "returned" -> "visible again: nobody deleted it in time";
            case "deleted" -> "deleted, because it is done";
            case "movedIn" -> "moved here from another queue";
            case "movedOut" -> "moved to the dead-letter queue";
            case "expired" -> "expired: kept no longer";
            default -> transition;
        };
    }

    private static String ordinal(int count) {
        return switch (count) {
            case 2 -> "second";
            case 3 -> "third";
            default -> count + "th";
        };
    }
}

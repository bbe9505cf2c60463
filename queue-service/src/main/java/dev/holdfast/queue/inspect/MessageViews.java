package dev.holdfast.queue.inspect;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.queue.message.SequenceNumber;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.store.MessageKey;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns stored messages into what the operator's API shows. */
final class MessageViews {
    private MessageViews() {}

    /** Null for no filter. */
    static StoredMessages.@Nullable State state(@Nullable String name) {
        return switch (name) {
            case null -> null;
            case "waiting" -> StoredMessages.State.WAITING;
            case "delayed" -> StoredMessages.State.DELAYED;
            case "inFlight" -> StoredMessages.State.IN_FLIGHT;
            default -> throw Problem.of(400, "state must be waiting, delayed or inFlight.");
        };
    }

    private static String name(StoredMessages.State state) {
        return switch (state) {
            case WAITING -> "waiting";
            case DELAYED -> "delayed";
            case IN_FLIGHT -> "inFlight";
        };
    }

    /** @param maxChars of the body and of each attribute's text; what is longer is cut */
    static MessageView of(StoredMessages.Stored stored, Queue queue, long nowMillis, boolean withBody, int maxChars) {
        Map<String, MessageView.Attribute> attributes = new TreeMap<>();
        stored.attributes()
                .forEach((name, value) -> attributes.put(
                        name,
                        new MessageView.Attribute(
                                value.dataType(), cut(value.stringValue(), maxChars), base64(value.binaryValue()))));
        Long firstReceivedAt = stored.firstReceivedAtMillis();
        return new MessageView(
                Long.toString(stored.key()),
                stored.messageId().toString(),
                name(stored.state(nowMillis)),
                Times.text(stored.sentAtMillis()),
                firstReceivedAt == null ? null : Times.text(firstReceivedAt),
                stored.priorReceives() + stored.ownReceives(),
                stored.visibleAtMillis() > nowMillis ? Long.valueOf(stored.visibleAtMillis() - nowMillis) : null,
                stored.groupId(),
                stored.deduplicationId(),
                queue.isFifo() ? SequenceNumber.of(MessageKey.sequence(stored.key())) : null,
                stored.sourceArn(),
                stored.sizeBytes(),
                withBody ? cut(stored.body(), maxChars) : null,
                attributes,
                null);
    }

    private static @Nullable String cut(@Nullable String text, int maxChars) {
        if (text == null || text.length() <= maxChars) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars);
    }

    private static @Nullable String base64(byte @Nullable [] bytes) {
        return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * @param blocker the message before it in its group that keeps it back; null when none does
     */
    static MessageView explained(
            StoredMessages.Stored stored, StoredMessages.@Nullable Stored blocker, Queue queue, long nowMillis) {
        Duration left = Duration.ofMillis(Math.max(0, stored.visibleAtMillis() - nowMillis));
        String reason = switch (stored.state(nowMillis)) {
            case DELAYED -> "It is delayed and can be received in " + seconds(left) + ".";
            case IN_FLIGHT ->
                "A consumer has it: it is deleted when that consumer deletes it, else it can be received again in "
                        + seconds(left) + ".";
            case WAITING -> blocker != null ? blocked(blocker, nowMillis) : waiting(stored, queue);
        };
        return of(stored, queue, nowMillis, true, Integer.MAX_VALUE).because(reason);
    }

    private static String blocked(StoredMessages.Stored blocker, long nowMillis) {
        Duration left = Duration.ofMillis(Math.max(0, blocker.visibleAtMillis() - nowMillis));
        return "Message " + blocker.messageId() + " of the same group stands before it and is "
                + (blocker.state(nowMillis) == StoredMessages.State.DELAYED ? "delayed" : "in flight")
                + ", at most another " + seconds(left)
                + ".";
    }

    private static String waiting(StoredMessages.Stored stored, Queue queue) {
        return queue.attributes()
                .redrivePolicy()
                .filter(policy -> stored.ownReceives() >= policy.maxReceiveCount())
                .map(policy -> "It was received " + stored.ownReceives()
                        + " times, as often as maxReceiveCount allows; it moves to "
                        + policy.deadLetterTarget().name() + " within a second.")
                .orElse("Nothing holds it back: the next receive that reaches it takes it.");
    }

    private static String seconds(Duration left) {
        return left.toMillis() / 1_000.0 + " s";
    }
}

package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.page.Links;
import dev.holdfast.dashboard.sqs.QueueFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue in the list. Counts are null while they are not known.
 *
 * @param isDeadLetterQueue whether another queue's dead letters come here
 * @param deadLetterQueue where its own go
 */
record QueueRow(
        String name,
        boolean fifo,
        @Nullable Long waiting,
        @Nullable Long inFlight,
        @Nullable Long delayed,
        @Nullable Long oldestAgeSeconds,
        @Nullable Instant createdAt,
        boolean isDeadLetterQueue,
        @Nullable String deadLetterQueue,
        String tags) {
    /** Consumers that keep up leave nothing this long. */
    static final Duration OLD = Duration.ofMinutes(10);

    private static final String FIFO_SUFFIX = ".fifo";

    static QueueRow named(String name) {
        return new QueueRow(name, name.endsWith(FIFO_SUFFIX), null, null, null, null, null, false, null, "");
    }

    static QueueRow of(QueueFigures figures, boolean isDeadLetterQueue) {
        return new QueueRow(
                figures.name(),
                figures.name().endsWith(FIFO_SUFFIX),
                figures.waiting(),
                figures.inFlight(),
                figures.delayed(),
                figures.oldestAgeSeconds(),
                figures.createdAt(),
                isDeadLetterQueue,
                figures.deadLetterQueue(),
                "");
    }

    QueueRow counted(Map<QueueAttributeName, String> attributes) {
        String created = attributes.get(QueueAttributeName.CREATED_TIMESTAMP);
        return new QueueRow(
                name,
                fifo,
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
                null,
                created == null ? null : Instant.ofEpochSecond(Long.parseLong(created)),
                isDeadLetterQueue,
                RedrivePolicies.target(attributes.get(QueueAttributeName.REDRIVE_POLICY)),
                tags);
    }

    QueueRow tagged(String words) {
        return new QueueRow(
                name,
                fifo,
                waiting,
                inFlight,
                delayed,
                oldestAgeSeconds,
                createdAt,
                isDeadLetterQueue,
                deadLetterQueue,
                words);
    }

    boolean holdsDeadLetters() {
        return isDeadLetterQueue && stored() > 0;
    }

    /** Whether its consumers seem to be behind, or absent; dead letters wait for a person. */
    boolean isOld() {
        return !isDeadLetterQueue && oldestAgeSeconds != null && oldestAgeSeconds > OLD.toSeconds();
    }

    /** What an operator should look at, in words; empty when all is well. */
    public String warning() {
        if (holdsDeadLetters()) {
            return stored() == 1 ? "1 dead letter" : stored() + " dead letters";
        }
        return isOld() ? "old messages" : "";
    }

    /** Whether its warning is of dead letters. */
    public boolean deadLetterQueueOfOthers() {
        return isDeadLetterQueue;
    }

    public String link() {
        return "/queues/" + Links.encoded(name);
    }

    public String deadLetterLink() {
        return deadLetterQueue == null ? "" : "/queues/" + Links.encoded(deadLetterQueue);
    }

    private long stored() {
        return zeroIfUnknown(waiting) + zeroIfUnknown(inFlight) + zeroIfUnknown(delayed);
    }

    private static long zeroIfUnknown(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        String value = attributes.get(name);
        return value == null ? 0 : Long.parseLong(value);
    }
}

package dev.holdfast.queue.inspect;

import dev.holdfast.queue.inspect.StoredMessages.State;
import dev.holdfast.queue.inspect.StoredMessages.Stored;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which of a queue's messages a look is about.
 *
 * @param state null for any
 * @param text found in the body, an attribute's name or value, an id or a group, in upper or lower case; empty for any
 * @param afterKey those that arrived after this one
 * @param beforeKey null, or the page that ends before this one
 */
record Wanted(
        @Nullable State state,
        String text,
        long afterKey,
        @Nullable Long beforeKey,
        int limit) {
    Wanted {
        text = text.toLowerCase(Locale.ROOT);
    }

    /** The oldest messages, whatever they are. */
    static Wanted oldest(int limit) {
        return new Wanted(null, "", 0, null, limit);
    }

    boolean isBackwards() {
        return beforeKey != null;
    }

    boolean matches(Stored stored) {
        return text.isEmpty()
                || has(stored.body())
                || has(stored.messageId().toString())
                || has(stored.groupId())
                || has(stored.deduplicationId())
                || stored.attributes().entrySet().stream()
                        .anyMatch(attribute -> has(attribute.getKey())
                                || has(attribute.getValue().stringValue()));
    }

    private boolean has(@Nullable String value) {
        return value != null && value.toLowerCase(Locale.ROOT).contains(text);
    }
}

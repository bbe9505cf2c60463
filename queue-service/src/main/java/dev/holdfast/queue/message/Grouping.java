package dev.holdfast.queue.message;

import org.jspecify.annotations.Nullable;

/** The message group, and the id by which a FIFO queue knows duplicates. Either may be missing. */
public record Grouping(@Nullable String groupId, @Nullable String deduplicationId) {
    public static final Grouping NONE = new Grouping(null, null);

    public static Grouping of(@Nullable String groupId, @Nullable String deduplicationId) {
        return groupId == null && deduplicationId == null ? NONE : new Grouping(groupId, deduplicationId);
    }

    Grouping withDeduplicationId(String id) {
        return new Grouping(groupId, id);
    }
}

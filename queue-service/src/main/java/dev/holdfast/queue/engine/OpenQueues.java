package dev.holdfast.queue.engine;

import dev.holdfast.queue.queues.Queues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The messages of every queue, and which of them the running transaction has used.
 *
 * <p>There is no other way to a queue's messages than through here, and each of these ways notes the use. So no queue can be
 * changed without its row being written and its long polls being served before the commit; using a queue only to read it
 * costs a look at both. Writer thread only.
 */
final class OpenQueues {
    private final Map<Long, QueueMessages> byNumber = new HashMap<>();
    private final SequencedSet<QueueMessages> used = new LinkedHashSet<>();

    /**
     * @throws dev.holdfast.queue.api.SqsException QueueDoesNotExist when it was deleted meanwhile
     */
    QueueMessages get(long number) {
        QueueMessages messages = find(number);
        if (messages == null) {
            throw Queues.doesNotExist();
        }
        return messages;
    }

    /** Null when it was deleted meanwhile. */
    @Nullable QueueMessages find(long number) {
        QueueMessages messages = byNumber.get(number);
        if (messages != null) {
            used.add(messages);
        }
        return messages;
    }

    boolean contains(long number) {
        return byNumber.containsKey(number);
    }

    /** A new queue, or one that was emptied and takes the place of what it was. */
    void put(QueueMessages messages) {
        QueueMessages before = byNumber.put(messages.queue().number(), messages);
        if (before != null) {
            used.remove(before);
        }
        used.add(messages);
    }

    @Nullable QueueMessages remove(long number) {
        QueueMessages messages = byNumber.remove(number);
        if (messages != null) {
            used.remove(messages);
        }
        return messages;
    }

    /** Those in which time has done something. The rest costs nothing. */
    List<QueueMessages> needingHousekeeping(long nowMillis) {
        List<QueueMessages> due = new ArrayList<>();
        for (QueueMessages messages : byNumber.values()) {
            if (messages.needsHousekeeping(nowMillis)) {
                used.add(messages);
                due.add(messages);
            }
        }
        return due;
    }

    /** What was used since this was last asked. */
    List<QueueMessages> takeUsed() {
        List<QueueMessages> taken = List.copyOf(used);
        used.clear();
        return taken;
    }

    void clear() {
        byNumber.clear();
        used.clear();
    }
}

package dev.holdfast.queue.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One queue as the documents describe it, without a thought for speed: a list of messages and a clock. Times are
 * milliseconds.
 */
final class ModelQueue {
    private static final long FIVE_MINUTES = 300_000;

    final boolean fifo;
    final long visibilityTimeout;
    final @Nullable ModelQueue deadLetterQueue;
    final int maxReceiveCount;
    long delay;
    long retention = 345_600_000;
    final List<ModelMessage> messages = new ArrayList<>();
    private final Map<String, Accepted> accepted = new HashMap<>();
    private long nextSequence = 1;

    /** A message in one queue; the same id may stand in another queue later. */
    static final class ModelMessage {
        final String id;
        final String body;
        final @Nullable String group;
        final long sequence;
        final long sentAt;
        final long retainedFrom;
        long visibleAt;
        int receives;
        long receivedAt;
        long place;
        State state;

        enum State {
            /** Never received and, on a standard queue, not delayed. */
            FRESH,
            DELAYED,
            IN_FLIGHT,
            RETURNED
        }

        ModelMessage(String id, String body, @Nullable String group, long sequence, long sentAt, long retainedFrom) {
            this.id = id;
            this.body = body;
            this.group = group;
            this.sequence = sequence;
            this.place = sequence;
            this.sentAt = sentAt;
            this.retainedFrom = retainedFrom;
            this.state = State.FRESH;
        }
    }

    private record Accepted(String id, long until, long sequence) {}

    ModelQueue(boolean fifo, long visibilityTimeout, @Nullable ModelQueue deadLetterQueue, int maxReceiveCount) {
        this.fifo = fifo;
        this.visibilityTimeout = visibilityTimeout;
        this.deadLetterQueue = deadLetterQueue;
        this.maxReceiveCount = maxReceiveCount;
    }

    /** The id of the message that this one repeats, where it is a duplicate. */
    Optional<String> duplicateOf(@Nullable String deduplicationId, long now) {
        Accepted before = accepted.get(String.valueOf(deduplicationId));
        return deduplicationId == null || before == null || before.until <= now
                ? Optional.empty()
                : Optional.of(before.id);
    }

    void send(
            String id,
            String body,
            @Nullable String group,
            @Nullable String deduplicationId,
            @Nullable Long ownDelay,
            long now) {
        ModelMessage message = new ModelMessage(id, body, group, nextSequence++, now, now);
        long after = ownDelay == null || fifo ? delay : ownDelay;
        if (after > 0 && !fifo) {
            message.state = ModelMessage.State.DELAYED;
            message.visibleAt = now + after;
        }
        messages.add(message);
        if (deduplicationId != null) {
            accepted.put(deduplicationId, new Accepted(id, now + FIVE_MINUTES, message.sequence));
        }
    }

    /** What the clock has made visible, soonest first. */
    void settle(long now) {
        for (ModelMessage message : messages) {
            boolean invisible =
                    message.state == ModelMessage.State.DELAYED || message.state == ModelMessage.State.IN_FLIGHT;
            if (invisible && message.visibleAt <= now) {
                message.state = ModelMessage.State.RETURNED;
                if (message.receives >= 3 && !fifo) {
                    message.place = nextSequence;
                }
            }
        }
    }

    /** Dead letters move, what is too old goes. */
    void housekeep(long now) {
        settle(now);
        if (deadLetterQueue != null) {
            for (ModelMessage message : List.copyOf(messages)) {
                if (message.state == ModelMessage.State.RETURNED && message.receives >= maxReceiveCount) {
                    messages.remove(message);
                    deadLetterQueue.moveIn(message, now);
                }
            }
        }
        messages.removeIf(message -> message.retainedFrom <= now - retention);
    }

    private void moveIn(ModelMessage letter, long now) {
        messages.add(new ModelMessage(
                letter.id, letter.body, letter.group, nextSequence++, letter.sentAt, fifo ? now : letter.retainedFrom));
    }

    /** Messages that a receive may give out now, by group; on a standard queue all are of one. */
    Map<String, List<ModelMessage>> available(long now) {
        Map<String, List<ModelMessage>> byGroup = new LinkedHashMap<>();
        Map<String, Boolean> blocked = new HashMap<>();
        TreeMap<Long, ModelMessage> inOrder = new TreeMap<>();
        messages.forEach(message -> inOrder.put(message.sequence, message));
        for (ModelMessage message : inOrder.values()) {
            String group = fifo ? String.valueOf(message.group) : "";
            boolean visible = message.state == ModelMessage.State.RETURNED
                    || (message.state == ModelMessage.State.FRESH && (!fifo || message.sentAt + delay <= now));
            if (!visible && fifo) {
                blocked.put(group, true);
            }
            if (visible && !blocked.getOrDefault(group, false)) {
                byGroup.computeIfAbsent(group, g -> new ArrayList<>()).add(message);
            }
        }
        return byGroup;
    }

    void received(ModelMessage message, long timeout, long now) {
        message.state = ModelMessage.State.IN_FLIGHT;
        message.receives++;
        message.receivedAt = now;
        message.visibleAt = now + timeout;
    }

    Optional<ModelMessage> withSequence(long sequence) {
        return messages.stream().filter(message -> message.sequence == sequence).findFirst();
    }

    void purge() {
        messages.clear();
        accepted.clear();
    }

    /** Memory is built anew from disk: what had returned is looked at again. */
    void recovered() {
        for (ModelMessage message : messages) {
            if (message.state == ModelMessage.State.RETURNED) {
                message.state = message.receives == 0 ? ModelMessage.State.DELAYED : ModelMessage.State.IN_FLIGHT;
            }
        }
    }

    long count(ModelMessage.State state) {
        return messages.stream().filter(message -> message.state == state).count();
    }

    long delayed(long now) {
        return fifo
                ? messages.stream()
                        .filter(message -> message.state == ModelMessage.State.FRESH && message.sentAt + delay > now)
                        .count()
                : count(ModelMessage.State.DELAYED);
    }
}

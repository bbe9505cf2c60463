package dev.holdfast.queue.order;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message group of a FIFO queue. Its messages leave in the order they came: the first of them alone decides whether the
 * group can be served. Writer thread only.
 */
final class Group extends Heap.Node {
    final String id;

    /** Those nobody has received yet; all of them stand behind those that were. */
    final Backlog fresh;

    /** Which of the two heaps it is in, if it is in one. */
    boolean isDelayed;

    /** In flight or returned, by key. Null until there is one: most groups of a deep backlog have none. */
    private @Nullable TreeMap<Long, Delivery> received;

    /** Its turn while it is ready, or the instant when its first message's delay is over. */
    private long order;

    Group(String id, Backlog fresh) {
        this.id = id;
        this.fresh = fresh;
    }

    void add(Delivery delivery) {
        if (received == null) {
            received = new TreeMap<>();
        }
        received.put(delivery.key(), delivery);
    }

    void remove(Delivery delivery) {
        if (received != null && received.remove(delivery.key()) != null && received.isEmpty()) {
            received = null;
        }
    }

    /** The first of those that were received; null when there is none. */
    @Nullable Delivery firstReceived() {
        if (received == null) {
            return null;
        }
        Map.Entry<Long, Delivery> first = received.firstEntry();
        return first == null ? null : first.getValue();
    }

    void setOrder(long value) {
        order = value;
    }

    @Override
    public long order() {
        return order;
    }
}

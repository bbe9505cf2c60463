package dev.holdfast.queue.order;

/**
 * The sender of one message group in a standard queue: its waiting messages, and how much of the consumers' time it takes.
 * Writer thread only.
 */
final class Tenant extends Heap.Node {
    final String groupId;
    final StandardOrder messages;
    final ProcessingTime processingTime = new ProcessingTime();
    int inFlight;
    long lastArrivalMillis;
    boolean noisy;

    /** No message of it stands before this place; its order while it is in a heap. */
    private long place;

    Tenant(String groupId, StandardOrder messages) {
        this.groupId = groupId;
        this.messages = messages;
    }

    void setPlace(long earliest) {
        place = earliest;
    }

    long place() {
        return place;
    }

    @Override
    public long order() {
        return place;
    }
}

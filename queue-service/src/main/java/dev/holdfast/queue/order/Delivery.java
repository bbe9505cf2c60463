package dev.holdfast.queue.order;

import dev.holdfast.queue.message.Message;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a message beyond its arrival: that it is delayed, in flight, or back after its timeout, and how often
 * it was received. Held in memory and in the table {@code delivery}; a message without one waits and was never received.
 *
 * <pre>
 *   delayed ──────────── returns ─────────► RETURNED ── received ──► IN_FLIGHT ── returns ──► RETURNED
 *   any of them ── leaves ──► GONE
 * </pre>
 *
 * <p>Writer thread only.
 */
public final class Delivery extends Heap.Node {
    private final long key;

    /** Its message's group; null where it has none. */
    private final @Nullable String groupId;

    /** Known once the message itself was looked at in this run. */
    private @Nullable UUID messageId;

    private State state;
    private long visibleAtMillis;
    private int receiveCount;
    private long receivedAtMillis;
    private @Nullable Long firstReceivedAtMillis;
    private long place;
    private boolean parked;
    private boolean stored;
    private boolean dirty;

    public enum State {
        DELAYED,
        IN_FLIGHT,
        /** Visible again, in memory. */
        RETURNED,
        /** Deleted, moved or expired. */
        GONE
    }

    private Delivery(long key, @Nullable String groupId, State state) {
        this.key = key;
        this.groupId = groupId;
        this.place = key;
        this.state = state;
    }

    private static Delivery of(Message message, State state) {
        Delivery delivery = new Delivery(message.key(), message.groupId(), state);
        delivery.messageId = message.messageId();
        return delivery;
    }

    /** A new message is delayed. */
    public static Delivery delayed(Message message, long untilMillis) {
        Delivery delivery = of(message, State.DELAYED);
        delivery.visibleAtMillis = untilMillis;
        return delivery;
    }

    /** A message that was never received is handed out for the first time; {@link #received} follows. */
    static Delivery first(Message message) {
        return of(message, State.RETURNED);
    }

    /** A row of the table. What was never received is delayed, whatever else was in flight when the row was written. */
    record Row(
            long key,
            long visibleAtMillis,
            int receiveCount,
            long receivedAtMillis,
            @Nullable Long firstReceivedAtMillis,
            long place) {}

    static Delivery stored(Row row, @Nullable String groupId) {
        Delivery delivery = new Delivery(row.key, groupId, row.receiveCount == 0 ? State.DELAYED : State.IN_FLIGHT);
        delivery.visibleAtMillis = row.visibleAtMillis;
        delivery.receiveCount = row.receiveCount;
        delivery.receivedAtMillis = row.receivedAtMillis;
        delivery.firstReceivedAtMillis = row.firstReceivedAtMillis;
        delivery.place = row.place;
        delivery.stored = true;
        return delivery;
    }

    // What can happen to it.

    /** It is in flight until the instant given. */
    public void received(Message message, long nowMillis, long untilMillis) {
        requireOutsideHeaps();
        require(State.RETURNED);
        messageId = message.messageId();
        state = State.IN_FLIGHT;
        receiveCount++;
        receivedAtMillis = nowMillis;
        if (firstReceivedAtMillis == null) {
            Long earlier = message.origin() == null ? null : message.origin().firstReceivedAtMillis();
            firstReceivedAtMillis = earlier != null ? earlier : nowMillis;
        }
        visibleAtMillis = untilMillis;
    }

    /** Its timeout ends at another instant, earlier or later. */
    public void extended(long untilMillis) {
        requireOutsideHeaps();
        require(State.IN_FLIGHT);
        visibleAtMillis = untilMillis;
    }

    /** It is visible: its delay or its timeout is over. */
    public void returns() {
        requireOutsideHeaps();
        state = State.RETURNED;
    }

    /** From now on it stands where a message with this key would. */
    public void goesToTheBack(long backKey) {
        requireOutsideHeaps();
        place = backKey;
    }

    /** Visible, and now in the way of others: it was to be moved, and stays. */
    public void staysVisible(Message message, long nowMillis) {
        requireOutsideHeaps();
        require(State.RETURNED);
        messageId = message.messageId();
        visibleAtMillis = nowMillis;
    }

    /** Its message leaves the queue. */
    public void leaves() {
        state = State.GONE;
    }

    /** Its row stays on disk only, until its time has come: there are too many like it. */
    public void park() {
        parked = true;
    }

    public void unpark() {
        parked = false;
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException("delivery " + key + " is " + state + ", not " + expected);
        }
    }

    private void requireOutsideHeaps() {
        if (isInHeap()) {
            throw new IllegalStateException("delivery " + key + " is in a heap: its order would change there");
        }
    }

    // What it is.

    public long key() {
        return key;
    }

    public @Nullable String groupId() {
        return groupId;
    }

    public @Nullable UUID messageId() {
        return messageId;
    }

    public State state() {
        return state;
    }

    public boolean isInFlight() {
        return state == State.IN_FLIGHT;
    }

    public boolean isReturned() {
        return state == State.RETURNED;
    }

    public boolean isGone() {
        return state == State.GONE;
    }

    /** Whether the receive with this count is the one that has the message now. */
    public boolean isInFlightBy(int receive) {
        return isInFlight() && receiveCount == receive;
    }

    /** The instant from which it may be received (again), in milliseconds since 1970. */
    public long visibleAtMillis() {
        return visibleAtMillis;
    }

    /** How often it was received in this queue; 0 while it is only delayed. */
    public int receiveCount() {
        return receiveCount;
    }

    /** The last receive, from which the twelve hours of visibility count. */
    public long receivedAtMillis() {
        return receivedAtMillis;
    }

    /** Null while it was never received. */
    public @Nullable Long firstReceivedAtMillis() {
        return firstReceivedAtMillis;
    }

    /** Where it stands among the waiting once it is visible; its key, or a later one once it went to the back. */
    public long place() {
        return place;
    }

    @Override
    public long order() {
        return isReturned() ? place : visibleAtMillis;
    }

    // What the table knows of it.

    boolean isParked() {
        return parked;
    }

    /** Notes that the row must be written; false when that was noted already. */
    boolean markDirty() {
        boolean isNew = !dirty;
        dirty = true;
        return isNew;
    }

    /** The row is as this is, or needs to be no more. */
    void written() {
        dirty = false;
        stored = true;
    }

    /** Whether its row can be written together with those of neighbours: a first receive, which has no row yet. */
    boolean isFirstReceive() {
        return !stored && isInFlight() && receiveCount == 1 && place == key && !parked;
    }
}

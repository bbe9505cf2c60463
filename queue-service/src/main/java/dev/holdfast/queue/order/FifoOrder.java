package dev.holdfast.queue.order;

import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The order of a FIFO queue. A group can be served while its first message is visible; a receive drains one group before
 * it turns to the next, and groups take turns. Messages of a group that were given out together are in flight together,
 * and what stands behind them waits until the first of the group is visible again or all are gone.
 *
 * <p>The delay of a FIFO queue applies to what is stored already (Developer Guide, "Amazon SQS delay queues"), so it is no
 * property of a message: it is looked up when a message is the first of its group. Writer thread only.
 */
public final class FifoOrder implements DeliveryOrder {
    private final MessageStore store;
    private final ReadAheadBudget budget;
    private final Supplier<Queue> queue;
    private final Map<String, Group> groups = new HashMap<>();

    /** Groups whose first message is visible as far as memory knows, by turn. */
    private final Heap<Group> ready = new Heap<>();

    /** Groups whose first message is delayed. All others wait for one that is in flight. */
    private final Heap<Group> delayed = new Heap<>();

    /** What the running receive has given out. */
    private final List<Delivery> given = new ArrayList<>();

    private long turns;
    private int returnedCount;

    public FifoOrder(MessageStore store, ReadAheadBudget budget, Supplier<Queue> queue) {
        this.store = store;
        this.budget = budget;
        this.queue = queue;
    }

    private Group open(String id, long deliveredThrough, boolean empty) {
        Group group = new Group(id, new Backlog(store, budget, queue.get().number(), id, deliveredThrough, empty));
        groups.put(id, group);
        return group;
    }

    private Group of(Delivery delivery) {
        if (delivery.groupId() == null) {
            throw new IllegalStateException("message without a group in a FIFO queue: " + delivery.key());
        }
        Group group = groups.get(delivery.groupId());
        return group != null ? group : open(delivery.groupId(), MessageKey.sequence(delivery.key()), true);
    }

    @Override
    public void recoveredGroup(String groupId, long firstKey, long nowMillis) {
        becomesReady(open(groupId, MessageKey.sequence(firstKey) - 1, false));
    }

    @Override
    public void recovered(Delivery delivery) {
        Group group = of(delivery);
        group.add(delivery);
        waits(group);
    }

    @Override
    public void arrived(Message message) {
        String groupId = message.groupId();
        if (groupId == null) {
            throw new IllegalStateException("message without a group in a FIFO queue: " + message.key());
        }
        Group group = groups.get(groupId);
        if (group == null) {
            group = open(groupId, MessageKey.sequence(message.key()) - 1, true);
            group.fresh.arrived(message);
            becomesReady(group);
        } else {
            group.fresh.arrived(message);
        }
    }

    private void becomesReady(Group group) {
        waits(group);
        group.isDelayed = false;
        group.setOrder(++turns);
        ready.add(group);
    }

    /** Out of both heaps. */
    private void waits(Group group) {
        if (group.isInHeap()) {
            (group.isDelayed ? delayed : ready).remove(group);
        }
    }

    @Override
    public @Nullable Next poll(Tx tx) throws SQLException {
        settle(tx.nowMillis());
        for (Group group = ready.peek(); group != null; group = ready.peek()) {
            Delivery back = group.firstReceived();
            if (back != null) {
                if (back.isReturned()) {
                    group.remove(back);
                    returnedCount--;
                    return new Next(store.mustRead(tx, back.key()), back);
                }
                ready.remove(group);
                continue;
            }
            Message fresh = group.fresh.peek(tx);
            if (fresh == null) {
                ready.remove(group);
                forgetIfIdle(group);
                continue;
            }
            long visibleAt = visibleAtMillis(fresh);
            if (visibleAt > tx.nowMillis()) {
                ready.remove(group);
                group.isDelayed = true;
                group.setOrder(visibleAt);
                delayed.add(group);
                continue;
            }
            return new Next(group.fresh.take(), null);
        }
        return null;
    }

    private long visibleAtMillis(Message fresh) {
        return fresh.sentAtMillis() + queue.get().attributes().delay().toMillis();
    }

    private void forgetIfIdle(Group group) {
        boolean isGiven = given.stream().anyMatch(delivery -> group.id.equals(delivery.groupId()));
        if (group.firstReceived() == null && !isGiven && group.fresh.earliestKey() == Long.MAX_VALUE) {
            groups.remove(group.id, group);
        }
    }

    @Override
    public void delivered(Delivery delivery) {
        given.add(delivery);
    }

    @Override
    public void served(long nowMillis) {
        for (Delivery delivery : given) {
            Group group = of(delivery);
            group.add(delivery);
            waits(group);
            if (budget.isShort()) {
                group.fresh.forget();
            }
        }
        given.clear();
    }

    @Override
    public void returned(Delivery delivery, boolean wasInFlight) {
        Group group = of(delivery);
        group.add(delivery);
        returnedCount++;
        if (group.firstReceived() == delivery) {
            becomesReady(group);
        }
    }

    @Override
    public void removed(Delivery delivery, long nowMillis) {
        Group group = of(delivery);
        group.remove(delivery);
        if (delivery.isReturned()) {
            returnedCount--;
        }
        Delivery first = group.firstReceived();
        if (first == null) {
            if (group.fresh.earliestKey() == Long.MAX_VALUE) {
                waits(group);
                groups.remove(group.id);
            } else if (!group.isInHeap()) {
                becomesReady(group);
            }
        } else if (first.isReturned() && !group.isInHeap()) {
            becomesReady(group);
        }
    }

    @Override
    public int returnedCount() {
        return returnedCount;
    }

    @Override
    public void forgetReadAhead() {
        groups.values().forEach(group -> group.fresh.forget());
    }

    @Override
    public long deliveredThrough() {
        return 0;
    }

    @Override
    public void settle(long nowMillis) {
        while (delayed.firstOrder() <= nowMillis) {
            becomesReady(delayed.pop());
        }
    }

    @Override
    public long nextVisibleAtMillis() {
        return delayed.firstOrder();
    }

    @Override
    public long delayed(Tx tx, long afterKey) throws SQLException {
        long delayMillis = queue.get().attributes().delay().toMillis();
        return delayMillis == 0 ? 0 : MessageStore.countFreshSentAfter(tx, afterKey, tx.nowMillis() - delayMillis);
    }

    @Override
    public void redefined() {
        while (!delayed.isEmpty()) {
            becomesReady(delayed.pop());
        }
    }
}

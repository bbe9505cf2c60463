package dev.holdfast.queue.order;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.message.Message;
import dev.holdfast.queue.message.MessageStore;
import dev.holdfast.queue.store.MessageKey;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of a standard queue: oldest first, but a message group that takes more than its share of the consumers, a
 * noisy tenant, waits until the quiet ones are served. A message without a group is a tenant of its own and always quiet;
 * a queue without groups pays nothing for this.
 *
 * <p>Thresholds by the Developer Guide's page "How fair queues work". What it leaves open: processing time counts with a
 * half-life of a minute, and only where there was a minute of it at all, so that three idle tenants are not noisy for
 * sharing nothing.
 */
public final class FairOrder implements DeliveryOrder {
    private static final double NOISY_SHARE = 0.1;
    private static final double MIN_PROCESSING_MILLIS = 60_000;

    private final MessageStore store;
    private final ReadAheadBudget budget;
    private final long queueNumber;
    private final StandardOrder ungrouped;
    private final Map<String, Tenant> tenants = new HashMap<>();

    /** Quiet tenants that may have messages, oldest message first. */
    private final Heap<Tenant> quiet = new Heap<>();

    /** A share of 10 % can be exceeded by nine in flight and nine in processing time, so this stays short. */
    private final List<Tenant> noisy = new ArrayList<>();

    private final List<Tenant> servedNow = new ArrayList<>();
    private final ProcessingTime processingTime = new ProcessingTime();
    private int inFlight;
    private int returnedInGroups;

    public FairOrder(
            MessageStore store, ReadAheadBudget budget, long queueNumber, long deliveredThrough, boolean empty) {
        this.store = store;
        this.budget = budget;
        this.queueNumber = queueNumber;
        this.ungrouped =
                new StandardOrder(store, new Backlog(store, budget, queueNumber, null, deliveredThrough, empty));
    }

    /** Its tenant. One that memory does not know has nothing stored. */
    private Tenant tenant(String groupId) {
        Tenant known = tenants.get(groupId);
        return known != null ? known : tenant(groupId, 0, true);
    }

    private Tenant tenant(String groupId, long deliveredThrough, boolean empty) {
        Backlog backlog = new Backlog(store, budget, queueNumber, groupId, deliveredThrough, empty);
        Tenant tenant = new Tenant(groupId, new StandardOrder(store, backlog));
        tenants.put(groupId, tenant);
        return tenant;
    }

    @Override
    public void recoveredGroup(String groupId, long firstKey, long nowMillis) {
        Tenant tenant = tenant(groupId, MessageKey.sequence(firstKey) - 1, false);
        tenant.lastArrivalMillis = nowMillis;
        reposition(tenant);
    }

    @Override
    public void recovered(Delivery delivery) {
        delivered(delivery);
    }

    @Override
    public void arrived(Message message) {
        String groupId = message.groupId();
        if (groupId == null) {
            ungrouped.backlog().arrived(message);
            return;
        }
        Tenant tenant = tenant(groupId);
        tenant.lastArrivalMillis = message.sentAtMillis();
        tenant.messages.backlog().arrived(message);
        if (!tenant.isInHeap()) {
            reposition(tenant);
        }
    }

    @Override
    public @Nullable Next poll(Tx tx) throws SQLException {
        if (tenants.isEmpty()) {
            return ungrouped.poll(tx);
        }
        calmDown(tx);
        long ungroupedPlace = ungrouped.nextPlace(tx);
        Tenant first = firstQuiet(tx, ungroupedPlace);
        if (first != null) {
            return poll(tx, first);
        }
        if (ungroupedPlace != Long.MAX_VALUE) {
            return ungrouped.poll(tx);
        }
        Tenant least = leastBusyOfTheNoisy(tx);
        return least == null ? null : poll(tx, least);
    }

    /** The quiet tenant whose next message stands before the given place; null when there is none. */
    private @Nullable Tenant firstQuiet(Tx tx, long before) throws SQLException {
        for (Tenant tenant = quiet.peek(); tenant != null && tenant.place() < before; tenant = quiet.peek()) {
            long place = tenant.messages.nextPlace(tx);
            if (place == tenant.place()) {
                return tenant;
            }
            reposition(tenant);
            forgetIfIdle(tenant);
        }
        return null;
    }

    private @Nullable Tenant leastBusyOfTheNoisy(Tx tx) throws SQLException {
        Tenant least = null;
        for (Tenant tenant : noisy) {
            if ((least == null || tenant.inFlight < least.inFlight)
                    && tenant.messages.nextPlace(tx) != Long.MAX_VALUE) {
                least = tenant;
            }
        }
        return least;
    }

    private @Nullable Next poll(Tx tx, Tenant tenant) throws SQLException {
        Next next = tenant.messages.poll(tx);
        if (next != null && next.delivery() != null) {
            returnedInGroups--;
        }
        if (!servedNow.contains(tenant)) {
            servedNow.add(tenant);
        }
        reposition(tenant);
        return next;
    }

    /** Puts a quiet tenant into its heap where its next message stands, or out of it when it has none. */
    private void reposition(Tenant tenant) {
        if (tenant.isInHeap()) {
            quiet.remove(tenant);
        }
        long place = tenant.messages.earliestPlace();
        if (!tenant.noisy && place != Long.MAX_VALUE) {
            tenant.setPlace(place);
            quiet.add(tenant);
        }
    }

    private void forgetIfIdle(Tenant tenant) {
        if (tenant.inFlight == 0 && !tenant.noisy && tenant.messages.earliestPlace() == Long.MAX_VALUE) {
            tenants.remove(tenant.groupId, tenant);
        }
    }

    @Override
    public void delivered(Delivery delivery) {
        inFlight++;
        if (delivery.groupId() != null) {
            tenant(delivery.groupId()).inFlight++;
        }
    }

    @Override
    public void served(long nowMillis) {
        for (Tenant tenant : servedNow) {
            if (!tenant.noisy && takesTooMuch(tenant, nowMillis)) {
                tenant.noisy = true;
                noisy.add(tenant);
                reposition(tenant);
            }
            if (budget.isShort()) {
                tenant.messages.backlog().forget();
                reposition(tenant);
            }
        }
        servedNow.clear();
    }

    @Override
    public void returned(Delivery delivery, boolean wasInFlight) {
        if (wasInFlight) {
            inFlight--;
        }
        if (delivery.groupId() == null) {
            ungrouped.returned(delivery);
            return;
        }
        Tenant tenant = tenant(delivery.groupId());
        if (wasInFlight) {
            tenant.inFlight--;
        }
        tenant.messages.returned(delivery);
        returnedInGroups++;
        reposition(tenant);
    }

    @Override
    public void removed(Delivery delivery, long nowMillis) {
        boolean wasInFlight = delivery.isInFlight();
        if (wasInFlight) {
            inFlight--;
            processingTime.add(nowMillis - delivery.receivedAtMillis(), nowMillis);
        }
        Tenant tenant = delivery.groupId() == null ? null : tenants.get(delivery.groupId());
        if (tenant == null) {
            if (!wasInFlight) {
                ungrouped.removed(delivery);
            }
        } else if (wasInFlight) {
            tenant.inFlight--;
            tenant.processingTime.add(nowMillis - delivery.receivedAtMillis(), nowMillis);
            forgetIfIdle(tenant);
        } else {
            tenant.messages.removed(delivery);
            returnedInGroups--;
            reposition(tenant);
            forgetIfIdle(tenant);
        }
    }

    /** Who takes too much is noisy until its backlog is drained, or it has sent nothing for five minutes. */
    private void calmDown(Tx tx) throws SQLException {
        Iterator<Tenant> each = noisy.iterator();
        while (each.hasNext()) {
            Tenant tenant = each.next();
            boolean drained = tenant.messages.nextPlace(tx) == Long.MAX_VALUE;
            boolean silent = tenant.lastArrivalMillis <= tx.nowMillis() - Limits.NOISY_GROUP_FORGIVEN_AFTER.toMillis();
            if (drained || silent) {
                each.remove();
                tenant.noisy = false;
                reposition(tenant);
                forgetIfIdle(tenant);
            }
        }
    }

    private boolean takesTooMuch(Tenant tenant, long nowMillis) {
        if (tenant.inFlight >= Limits.NOISY_GROUP_MIN_IN_FLIGHT && tenant.inFlight > NOISY_SHARE * inFlight) {
            return true;
        }
        double all = processingTime.at(nowMillis);
        return all >= MIN_PROCESSING_MILLIS && tenant.processingTime.at(nowMillis) > NOISY_SHARE * all;
    }

    @Override
    public int noisyGroups() {
        return noisy.size();
    }

    @Override
    public int returnedCount() {
        return ungrouped.returnedCount() + returnedInGroups;
    }

    @Override
    public @Nullable Delivery takeLastReturned() {
        Delivery last = ungrouped.takeLastReturned();
        if (last != null) {
            return last;
        }
        for (Tenant tenant : tenants.values()) {
            last = tenant.messages.takeLastReturned();
            if (last != null) {
                returnedInGroups--;
                return last;
            }
        }
        return null;
    }

    @Override
    public void forgetReadAhead() {
        ungrouped.backlog().forget();
        for (Tenant tenant : List.copyOf(tenants.values())) {
            tenant.messages.backlog().forget();
            reposition(tenant);
        }
    }

    @Override
    public long deliveredThrough() {
        return ungrouped.backlog().deliveredThrough();
    }
}

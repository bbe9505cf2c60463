package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.queues.Queue;
import dev.holdfast.queue.queues.QueueArn;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that move dead letters, and what carries them on by the clock, a few messages at a time between the requests
 * of others. How far a task has come stands in the transaction that moved the messages, so that a crash neither loses nor
 * repeats one. Writer thread only.
 */
public final class MoveTasks implements TimedWork {
    private static final long STEP_MILLIS = 50;

    /** Where nobody asks for a rate: fast, yet at most a quarter of what the server can take. */
    private static final int UNLIMITED_PER_SECOND = 5_000;

    /** In one transaction, whose other requests wait for it. */
    private static final int MAX_PER_STEP = 250;

    /** Until the next look at a disk that is short of space. */
    private static final long REST_MILLIS = 1_000;

    private final Queues queues;
    private final Transfers transfers;
    private final BooleanSupplier diskIsShort;
    private final Map<UUID, Paced> active = new LinkedHashMap<>();

    /** A task that is not over, and the pace it keeps. */
    private static final class Paced {
        MoveTask.Active task;
        long nextMillis;
        double allowance;

        Paced(MoveTask.Active task, long nowMillis) {
            this.task = task;
            this.nextMillis = nowMillis + STEP_MILLIS;
        }

        /** Grants what the pace allows for one step, and for what it comes too late. */
        void begin(long nowMillis) {
            Integer asked = task.order().messagesPerSecond();
            int perSecond = asked == null ? UNLIMITED_PER_SECOND : asked;
            long lateMillis = Math.min(1_000, nowMillis - nextMillis);
            allowance = Math.min(MAX_PER_STEP, allowance + perSecond * (STEP_MILLIS + lateMillis) / 1_000.0);
            nextMillis = nowMillis + STEP_MILLIS;
        }
    }

    /** @param diskIsShort while it is, tasks rest: a message is written before it is deleted, and a full disk fails that */
    MoveTasks(Queues queues, Transfers transfers, BooleanSupplier diskIsShort) {
        this.queues = queues;
        this.transfers = transfers;
        this.diskIsShort = diskIsShort;
    }

    /**
     * Begins to move what is visible in the source now.
     *
     * @throws dev.holdfast.queue.api.SqsException InvalidParameterValue when a task of this source is running already
     */
    public MoveTask start(Tx tx, Queue source, @Nullable QueueArn destination, @Nullable Integer messagesPerSecond)
            throws SQLException {
        if (active.values().stream().anyMatch(other -> other.task.order().sourceNumber() == source.number())) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
        }
        MoveTask.Order order = new MoveTask.Order(
                UUID.randomUUID(),
                source.number(),
                source.arn(queues.settings().region()),
                destination,
                messagesPerSecond,
                tx.nowMillis(),
                transfers.visible(tx, source.number()));
        MoveTask.Running task = new MoveTask.Running(order, MoveTask.Progress.NONE);
        MoveTaskStore.insert(tx, task);
        active.put(order.id(), new Paced(task, tx.nowMillis()));
        return task;
    }

    /**
     * Ends a task where it is; what it has moved stays moved.
     *
     * @throws dev.holdfast.queue.api.SqsException ResourceNotFoundException
     */
    public MoveTask cancel(Tx tx, Queue source, UUID id) throws SQLException {
        Paced paced = active.get(id);
        if (paced == null
                || paced.task.order().sourceNumber() != source.number()
                || !(paced.task instanceof MoveTask.Running running)) {
            throw MoveTaskStore.find(tx, id).isEmpty()
                    ? doesNotExist()
                    : SqsError.RESOURCE_NOT_FOUND.because(
                            "The task is not running any more; only a running task can be cancelled.");
        }
        paced.task = running.cancelling();
        MoveTaskStore.update(tx, paced.task);
        return paced.task;
    }

    public static SqsException doesNotExist() {
        return SqsError.RESOURCE_NOT_FOUND.because("Task does not exist.");
    }

    public List<MoveTask> list(Tx tx, Queue source, int limit) throws SQLException {
        return MoveTaskStore.ofSource(tx, source.number(), limit);
    }

    @Override
    public void recover(Tx tx) throws SQLException {
        active.clear();
        for (MoveTask.Active task : MoveTaskStore.active(tx)) {
            active.put(task.order().id(), new Paced(task, tx.nowMillis()));
        }
    }

    @Override
    public long nextMillis() {
        long next = Long.MAX_VALUE;
        for (Paced each : active.values()) {
            next = Math.min(next, each.nextMillis);
        }
        return next;
    }

    @Override
    public void run(Tx tx) throws SQLException {
        for (Paced each : List.copyOf(active.values())) {
            if (each.nextMillis <= tx.nowMillis()) {
                step(tx, each);
            }
        }
    }

    private void step(Tx tx, Paced paced) throws SQLException {
        if (paced.task instanceof MoveTask.Running && diskIsShort.getAsBoolean()) {
            paced.nextMillis = tx.nowMillis() + REST_MILLIS;
            return;
        }
        MoveTask stepped = switch (paced.task) {
            case MoveTask.Running running -> move(tx, paced, running);
            case MoveTask.Cancelling cancelling -> cancelling.cancelled();
        };
        MoveTaskStore.update(tx, stepped);
        if (stepped instanceof MoveTask.Active goesOn) {
            paced.task = goesOn;
        } else {
            active.remove(stepped.order().id());
        }
    }

    /** Moves as many messages as the pace allows now. */
    private MoveTask move(Tx tx, Paced paced, MoveTask.Running begun) throws SQLException {
        MoveTask.Running task = begun;
        for (paced.begin(tx.nowMillis()); paced.allowance >= 1; paced.allowance--) {
            if (task.isDone()) {
                return task.completed();
            }
            MoveTask.Order order = task.order();
            switch (transfers.moveNext(tx, order.sourceNumber(), order.destination())) {
                case MOVED -> task = task.moved();
                case DUPLICATE -> task = task.foundDuplicate();
                case NOTHING_VISIBLE -> {
                    return task.completed();
                }
                case NO_DESTINATION -> {
                    return task.failed(noDestination(order));
                }
                case NO_SOURCE -> {
                    return task.failed(
                            "AWS.SimpleQueueService.NonExistentQueue: the source queue does not exist any more.");
                }
            }
        }
        return task;
    }

    private static String noDestination(MoveTask.Order order) {
        return order.destination() == null
                ? "AWS.SimpleQueueService.NonExistentQueue: the queue that the next message came from does not exist, or is not known."
                : "AWS.SimpleQueueService.NonExistentQueue: the destination queue does not exist any more.";
    }
}

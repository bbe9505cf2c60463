package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.SqsError;
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
 * The tasks that move dead letters, and the clockwork that carries them on, a few messages at a time between the requests
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
    private final Map<UUID, Running> running = new LinkedHashMap<>();

    /** A task that is not over, and the pace it keeps. */
    private static final class Running {
        MoveTask task;
        long nextMillis;
        double allowance;

        Running(MoveTask task, long nowMillis) {
            this.task = task;
            this.nextMillis = nowMillis + STEP_MILLIS;
        }

        int perSecond() {
            return task.messagesPerSecond() == null ? UNLIMITED_PER_SECOND : task.messagesPerSecond();
        }
    }

    /** @param diskIsShort while it is, tasks rest: a message is written before it is deleted, and a full disk fails that */
    public MoveTasks(Queues queues, Transfers transfers, BooleanSupplier diskIsShort) {
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
        if (running.values().stream().anyMatch(other -> other.task.sourceNumber() == source.number())) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
        }
        MoveTask task = new MoveTask(
                UUID.randomUUID(),
                source.number(),
                source.arn(queues.settings().region()),
                destination,
                messagesPerSecond,
                MoveTask.Status.RUNNING,
                tx.nowMillis(),
                transfers.visible(tx, source.number()),
                0,
                0,
                null);
        MoveTaskStore.insert(tx, task);
        running.put(task.id(), new Running(task, tx.nowMillis()));
        return task;
    }

    /**
     * Ends a task where it is; what it has moved stays moved.
     *
     * @throws dev.holdfast.queue.api.SqsException ResourceNotFoundException
     */
    public MoveTask cancel(Tx tx, Queue source, UUID id) throws SQLException {
        Running active = running.get(id);
        if (active == null
                || active.task.sourceNumber() != source.number()
                || active.task.status() != MoveTask.Status.RUNNING) {
            throw SqsError.RESOURCE_NOT_FOUND.because(
                    MoveTaskStore.find(tx, id) == null
                            ? "Task does not exist."
                            : "The task is not running any more; only a running task can be cancelled.");
        }
        active.task = active.task.with(MoveTask.Status.CANCELLING);
        MoveTaskStore.update(tx, active.task);
        return active.task;
    }

    public List<MoveTask> list(Tx tx, Queue source, int limit) throws SQLException {
        return MoveTaskStore.ofSource(tx, source.number(), limit);
    }

    @Override
    public void recover(Tx tx) throws SQLException {
        running.clear();
        for (MoveTask task : MoveTaskStore.active(tx)) {
            running.put(task.id(), new Running(task, tx.nowMillis()));
        }
    }

    @Override
    public long nextMillis() {
        long next = Long.MAX_VALUE;
        for (Running each : running.values()) {
            next = Math.min(next, each.nextMillis);
        }
        return next;
    }

    @Override
    public void run(Tx tx) throws SQLException {
        for (Running each : List.copyOf(running.values())) {
            if (each.nextMillis > tx.nowMillis()) {
                continue;
            }
            if (each.task.status() == MoveTask.Status.RUNNING && diskIsShort.getAsBoolean()) {
                each.nextMillis = tx.nowMillis() + REST_MILLIS;
            } else {
                step(tx, each);
                MoveTaskStore.update(tx, each.task);
                if (!each.task.status().isActive()) {
                    running.remove(each.task.id());
                }
            }
        }
    }

    private void step(Tx tx, Running active) throws SQLException {
        if (active.task.status() == MoveTask.Status.CANCELLING) {
            active.task = active.task.with(MoveTask.Status.CANCELLED);
            return;
        }
        long late = Math.min(1_000, tx.nowMillis() - active.nextMillis);
        active.allowance =
                Math.min(MAX_PER_STEP, active.allowance + active.perSecond() * (STEP_MILLIS + late) / 1_000.0);
        active.nextMillis = tx.nowMillis() + STEP_MILLIS;
        while (active.allowance >= 1 && active.task.status() == MoveTask.Status.RUNNING) {
            active.task = active.task.handled() >= active.task.toMove()
                    ? active.task.with(MoveTask.Status.COMPLETED)
                    : moveNext(tx, active.task);
            active.allowance--;
        }
    }

    private MoveTask moveNext(Tx tx, MoveTask task) throws SQLException {
        return switch (transfers.moveNext(tx, task.sourceNumber(), task.destination())) {
            case MOVED -> task.progressed(1, 1);
            case DUPLICATE -> task.progressed(0, 1);
            case NOTHING_VISIBLE -> task.with(MoveTask.Status.COMPLETED);
            case NO_DESTINATION ->
                task.failed(
                        task.destination() == null
                                ? "AWS.SimpleQueueService.NonExistentQueue: the queue that the next message came from does not exist, or is not known."
                                : "AWS.SimpleQueueService.NonExistentQueue: the destination queue does not exist any more.");
            case NO_SOURCE ->
                task.failed("AWS.SimpleQueueService.NonExistentQueue: the source queue does not exist any more.");
        };
    }
}

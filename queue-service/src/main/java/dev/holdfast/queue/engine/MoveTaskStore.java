package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.queues.QueueArn;
import dev.holdfast.queue.store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code move_task}. Writer thread only. */
final class MoveTaskStore {
    private static final String COLUMNS =
            "task_id, source_number, source_arn, destination_arn, messages_per_second, status, started_at, to_move, moved,"
                    + " handled, failure_reason";

    private MoveTaskStore() {}

    /** Adds a task, and forgets those of the same source that no list shows any more. */
    static void insert(Tx tx, MoveTask task) throws SQLException {
        MoveTask.Order order = task.order();
        tx.update(
                """
                insert into move_task (
                  task_id, source_number, source_arn, destination_arn, messages_per_second, status, started_at, to_move)
                values (?, ?, ?, ?, ?, ?, ?, ?)""",
                order.id().toString(),
                order.sourceNumber(),
                order.source().toString(),
                order.destination() == null ? null : order.destination().toString(),
                order.messagesPerSecond(),
                task.status(),
                order.startedAtMillis(),
                order.toMove());
        tx.update("""
                delete from move_task
                where source_number = ? and id not in (
                  select id from move_task where source_number = ? order by id desc limit ?)""", order.sourceNumber(), order.sourceNumber(), Limits.MAX_MOVE_TASK_RESULTS);
    }

    static void update(Tx tx, MoveTask task) throws SQLException {
        tx.update(
                "update move_task set status = ?, moved = ?, handled = ?, failure_reason = ? where task_id = ?",
                task.status(),
                task.progress().moved(),
                task.progress().handled(),
                task instanceof MoveTask.Failed failed ? failed.reason() : null,
                task.order().id().toString());
    }

    /** Tasks that are not over. */
    static List<MoveTask.Active> active(Tx tx) throws SQLException {
        return tx
                .all(
                        "select " + COLUMNS + " from move_task where status in ('RUNNING', 'CANCELLING') order by id",
                        MoveTaskStore::task)
                .stream()
                .map(MoveTask.Active.class::cast)
                .toList();
    }

    /** The latest tasks of a source, newest first. */
    static List<MoveTask> ofSource(Tx tx, long sourceNumber, int limit) throws SQLException {
        return tx.all(
                "select " + COLUMNS + " from move_task where source_number = ? order by id desc limit ?",
                MoveTaskStore::task,
                sourceNumber,
                limit);
    }

    static Optional<MoveTask> find(Tx tx, UUID id) throws SQLException {
        return tx.one("select " + COLUMNS + " from move_task where task_id = ?", MoveTaskStore::task, id.toString());
    }

    private static MoveTask task(ResultSet row) throws SQLException {
        MoveTask.Order order = new MoveTask.Order(
                UUID.fromString(row.getString(1)),
                row.getLong(2),
                QueueArn.parse(row.getString(3)).orElseThrow(),
                destination(row.getString(4)),
                messagesPerSecond(row),
                row.getLong(7),
                row.getLong(8));
        MoveTask.Progress progress = new MoveTask.Progress(row.getLong(9), row.getLong(10));
        String status = row.getString(6);
        return switch (status) {
            case "RUNNING" -> new MoveTask.Running(order, progress);
            case "CANCELLING" -> new MoveTask.Cancelling(order, progress);
            case "COMPLETED" -> new MoveTask.Completed(order, progress);
            case "CANCELLED" -> new MoveTask.Cancelled(order, progress);
            case "FAILED" -> new MoveTask.Failed(order, progress, row.getString(11));
            default -> throw new IllegalStateException("stored move task has status " + status);
        };
    }

    private static @Nullable QueueArn destination(@Nullable String arn) {
        return arn == null ? null : QueueArn.parse(arn).orElseThrow();
    }

    private static @Nullable Integer messagesPerSecond(ResultSet row) throws SQLException {
        int rate = row.getInt(5);
        return row.wasNull() ? null : rate;
    }
}

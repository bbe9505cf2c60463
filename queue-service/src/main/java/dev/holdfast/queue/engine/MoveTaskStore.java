package dev.holdfast.queue.engine;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.queues.QueueArn;
import dev.holdfast.queue.store.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
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
        PreparedStatement insert =
                tx.write("insert into move_task (" + COLUMNS + " ) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setString(1, task.id().toString());
        insert.setLong(2, task.sourceNumber());
        insert.setString(3, task.source().toString());
        insert.setString(
                4, task.destination() == null ? null : task.destination().toString());
        if (task.messagesPerSecond() == null) {
            insert.setNull(5, Types.INTEGER);
        } else {
            insert.setInt(5, task.messagesPerSecond());
        }
        insert.setString(6, task.status().name());
        insert.setLong(7, task.startedAtMillis());
        insert.setLong(8, task.toMove());
        insert.setLong(9, task.moved());
        insert.setLong(10, task.handled());
        insert.setString(11, task.failureReason());
        insert.executeUpdate();
        PreparedStatement delete = tx.write("""
                delete from move_task
                where source_number = ? and id not in (
                  select id from move_task where source_number = ? order by id desc limit ?)""");
        delete.setLong(1, task.sourceNumber());
        delete.setLong(2, task.sourceNumber());
        delete.setInt(3, Limits.MAX_MOVE_TASK_RESULTS);
        delete.executeUpdate();
    }

    static void update(Tx tx, MoveTask task) throws SQLException {
        PreparedStatement update = tx.write(
                "update move_task set status = ?, moved = ?, handled = ?, failure_reason = ? where task_id = ?");
        update.setString(1, task.status().name());
        update.setLong(2, task.moved());
        update.setLong(3, task.handled());
        update.setString(4, task.failureReason());
        update.setString(5, task.id().toString());
        update.executeUpdate();
    }

    /** Tasks that are not over. */
    static List<MoveTask> active(Tx tx) throws SQLException {
        return list(
                tx.read("select " + COLUMNS + " from move_task where status in ('RUNNING', 'CANCELLING') order by id"));
    }

    /** The latest tasks of a source, newest first. */
    static List<MoveTask> ofSource(Tx tx, long sourceNumber, int limit) throws SQLException {
        PreparedStatement select =
                tx.read("select " + COLUMNS + " from move_task where source_number = ? order by id desc limit ?");
        select.setLong(1, sourceNumber);
        select.setInt(2, limit);
        return list(select);
    }

    static @Nullable MoveTask find(Tx tx, UUID id) throws SQLException {
        PreparedStatement select = tx.read("select " + COLUMNS + " from move_task where task_id = ?");
        select.setString(1, id.toString());
        List<MoveTask> found = list(select);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static List<MoveTask> list(PreparedStatement select) throws SQLException {
        List<MoveTask> tasks = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                tasks.add(task(row));
            }
        }
        return tasks;
    }

    private static MoveTask task(ResultSet row) throws SQLException {
        String destination = row.getString(4);
        int rate = row.getInt(5);
        Integer messagesPerSecond = row.wasNull() ? null : rate;
        return new MoveTask(
                UUID.fromString(row.getString(1)),
                row.getLong(2),
                QueueArn.parse(row.getString(3)).orElseThrow(),
                destination == null ? null : QueueArn.parse(destination).orElseThrow(),
                messagesPerSecond,
                MoveTask.Status.valueOf(row.getString(6)),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                row.getString(11));
    }
}

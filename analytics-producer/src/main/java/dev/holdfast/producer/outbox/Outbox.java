package dev.holdfast.producer.outbox;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The producer's memory: every event is stored here before it is sent and leaves when the queue has acknowledged it.
 *
 * <p>One thread opens, commits and closes; {@link #state()} may be read by any.
 */
public final class Outbox implements AutoCloseable {
    private final Connection connection;
    private final int window;
    private volatile OutboxState state;

    private Outbox(Connection connection, int window, OutboxState state) {
        this.connection = connection;
        this.window = window;
        this.state = state;
    }

    /**
     * Opens the file, or makes it with the currency and settings given.
     *
     * @param window how many messages are offered to be sent at a time, at least 1. After a crash so many at most may leave a spare
     *     copy; the others, however long the backlog, are known not to have been sent.
     */
    public static Outbox open(Path file, String currency, Settings first, int window, Instant now)
            throws OutboxUnusable {
        Connection connection = OutboxFile.open(file);
        try {
            return new Outbox(connection, window, Opening.begin(connection, file, currency, first, window, now));
        } catch (SQLException e) {
            close(connection);
            throw new OutboxUnusable("The outbox " + file + " cannot be read: " + e.getMessage()
                    + ". Restore it from a backup, or move it away to begin a new one.");
        } catch (OutboxUnusable e) {
            close(connection);
            throw e;
        }
    }

    /** The last committed state. */
    public OutboxState state() {
        return state;
    }

    /** What is not acknowledged, in sequence. */
    public List<OutboxMessage> unsent() throws SQLException {
        try (var query = connection.prepareStatement("""
                        select sequence, body, poison, maybe_sent
                        from outbox
                        order by sequence""");
                var rows = query.executeQuery()) {
            var messages = new ArrayList<OutboxMessage>();
            while (rows.next()) {
                messages.add(new OutboxMessage(
                        rows.getLong(1), rows.getString(2), rows.getInt(3) == 1, rows.getInt(4) == 1));
            }
            return messages;
        } finally {
            connection.rollback();
        }
    }

    /** The market as it was after the last event generated, or null before the first. */
    public byte @Nullable [] market() throws SQLException {
        try (var query = connection.prepareStatement("select market from producer");
                var rows = query.executeQuery()) {
            return rows.next() ? rows.getBytes(1) : null;
        } finally {
            connection.rollback();
        }
    }

    /** All of it or nothing; when it returns it is on disk. */
    public void commit(Changes changes) throws SQLException {
        checkSequences(changes.generated);
        try {
            delete(changes.acknowledged);
            insert(changes.generated);
            flag(changes.unknownOutcome);
            insertMarks(changes.marks);
            update(changes);
            Opening.offer(connection, window);
            OutboxState next = after(changes);
            connection.commit();
            state = next;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private void checkSequences(List<OutboxMessage> messages) {
        long due = state.generated() + 1;
        for (OutboxMessage message : messages) {
            if (message.sequence() != due) {
                throw new IllegalStateException("sequence " + message.sequence() + " where " + due + " is due");
            }
            due++;
        }
    }

    /** Counted on from the state before: to count the rows anew at every commit would cost more than the commit. */
    private OutboxState after(Changes changes) throws SQLException {
        long generated = state.generated() + changes.generated.size();
        long unsent = state.unsent() + changes.generated.size() - changes.acknowledged.size();
        return new OutboxState(
                state.producerId(),
                state.currency(),
                generated,
                Opening.offeredThrough(connection),
                Opening.acknowledgedThrough(connection, generated),
                unsent,
                state.spareCopies() + count(changes.acknowledged, OutboxMessage::maybeSent),
                state.poisonSent() + count(changes.acknowledged, OutboxMessage::poison),
                state.poisonGenerated() + count(changes.generated, OutboxMessage::poison),
                changes.settings == null ? state.settings() : changes.settings,
                changes.marks.isEmpty() ? state.marks() : Opening.readMarks(connection));
    }

    private static long count(List<OutboxMessage> messages, Predicate<OutboxMessage> which) {
        return messages.stream().filter(which).count();
    }

    private void delete(List<OutboxMessage> messages) throws SQLException {
        try (var delete = connection.prepareStatement("delete from outbox where sequence = ?")) {
            for (OutboxMessage message : messages) {
                delete.setLong(1, message.sequence());
                if (delete.executeUpdate() != 1) {
                    throw new IllegalStateException("sequence " + message.sequence() + " was acknowledged twice");
                }
            }
        }
    }

    private void insert(List<OutboxMessage> messages) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into outbox (sequence, body, poison, maybe_sent) values (?, ?, ?, 0)")) {
            for (OutboxMessage message : messages) {
                insert.setLong(1, message.sequence());
                insert.setString(2, message.body());
                insert.setInt(3, message.poison() ? 1 : 0);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private void flag(List<OutboxMessage> messages) throws SQLException {
        try (var update = connection.prepareStatement("update outbox set maybe_sent = 1 where sequence = ?")) {
            for (OutboxMessage message : messages) {
                update.setLong(1, message.sequence());
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private void insertMarks(List<Mark> marks) throws SQLException {
        if (marks.isEmpty()) {
            return;
        }
        try (var insert = connection.prepareStatement("insert into mark (at, kind, value, text) values (?, ?, ?, ?)");
                var delete =
                        connection.prepareStatement("delete from mark where id <= (select max(id) from mark) - ?")) {
            for (Mark mark : marks) {
                insert.setLong(1, mark.at().toEpochMilli());
                insert.setString(2, mark.kind().name());
                insert.setObject(3, mark.value());
                insert.setString(4, mark.text());
                insert.addBatch();
            }
            insert.executeBatch();
            delete.setInt(1, OutboxState.MARKS_KEPT);
            delete.executeUpdate();
        }
    }

    private void update(Changes changes) throws SQLException {
        Settings settings = changes.settings == null ? state.settings() : changes.settings;
        try (PreparedStatement update = connection.prepareStatement("""
                update producer
                set generated = generated + ?,
                    spare_copies = spare_copies + ?,
                    poison_sent = poison_sent + ?,
                    poison_generated = poison_generated + ?,
                    running = ?,
                    rate = ?,
                    burst_remaining = ?,
                    poison_remaining = ?,
                    clean_stop = ?,
                    market = coalesce(?, market)""")) {
            update.setLong(1, changes.generated.size());
            update.setLong(2, count(changes.acknowledged, OutboxMessage::maybeSent));
            update.setLong(3, count(changes.acknowledged, OutboxMessage::poison));
            update.setLong(4, count(changes.generated, OutboxMessage::poison));
            update.setInt(5, settings.running() ? 1 : 0);
            update.setDouble(6, settings.rate());
            update.setLong(7, settings.burstRemaining());
            update.setLong(8, settings.poisonRemaining());
            update.setInt(9, changes.cleanStop ? 1 : 0);
            update.setBytes(10, changes.market);
            update.executeUpdate();
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox did not close", e);
        }
    }
}

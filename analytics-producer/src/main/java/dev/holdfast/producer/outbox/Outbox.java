package dev.holdfast.producer.outbox;

import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.DatabaseException;
import dev.holdfast.kit.sqlite.DatabaseKind;
import dev.holdfast.kit.sqlite.Tx;
import dev.holdfast.kit.sqlite.UnusableDatabaseException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The producer's memory: every event is stored here before it is sent and leaves when the queue has acknowledged it.
 *
 * <p>One thread opens, commits and closes; {@link #state()} may be read by any.
 */
public final class Outbox implements AutoCloseable {
    /** "HFpr" marks the file. An event is sent only once a power cut cannot take it back. */
    private static final DatabaseKind KIND =
            new DatabaseKind("an outbox of this producer", 0x48467072, "/db", 1, "HOLDFAST_DATA_DIR");

    private final Database database;
    private final int window;
    private volatile OutboxState state;

    private Outbox(Database database, int window, OutboxState state) {
        this.database = database;
        this.window = window;
        this.state = state;
    }

    /**
     * Opens the file, or makes it with the currency and settings given.
     *
     * @param window how many messages are offered to be sent at a time, at least 1. After a crash so many at most may leave a spare
     *     copy; the others, however long the backlog, are known not to have been sent.
     * @throws UnusableDatabaseException for a file that cannot serve
     */
    public static Outbox open(Path file, String currency, Settings first, int window, Instant now) {
        Database database = Database.open(file, KIND);
        try {
            return new Outbox(
                    database, window, database.write(tx -> Opening.begin(tx, file, currency, first, window, now)));
        } catch (DatabaseException e) {
            database.close();
            throw new UnusableDatabaseException("the outbox " + file + " cannot be read: " + e.getMessage()
                    + "; restore it from a backup, or move it away to begin a new one");
        } catch (UnusableDatabaseException e) {
            database.close();
            throw e;
        }
    }

    /** The last committed state. */
    public OutboxState state() {
        return state;
    }

    /** What is not acknowledged, in sequence. */
    public List<OutboxMessage> unsent() {
        return database.read(tx -> tx.all(
                "select sequence, body, poison, maybe_sent from outbox order by sequence",
                row -> new OutboxMessage(row.getLong(1), row.getString(2), row.getInt(3) == 1, row.getInt(4) == 1)));
    }

    /** The market as it was after the last event generated, or null before the first. */
    public byte @Nullable [] market() {
        List<byte[]> saved = database.read(
                tx -> tx.all("select market from producer where market is not null", row -> row.getBytes(1)));
        return saved.isEmpty() ? null : saved.getFirst();
    }

    /**
     * All of it or nothing; when it returns it is on disk.
     *
     * @throws DatabaseException where it was not committed
     */
    public void commit(Changes changes) {
        checkSequences(changes.generated);
        state = database.write(tx -> {
            delete(tx, changes.acknowledged);
            insert(tx, changes.generated);
            flag(tx, changes.unknownOutcome);
            for (Mark mark : changes.marks) {
                Opening.insertMark(tx, mark);
            }
            update(tx, changes);
            Opening.offer(tx, window);
            return after(tx, changes);
        });
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
    private OutboxState after(Tx tx, Changes changes) throws SQLException {
        long generated = state.generated() + changes.generated.size();
        long unsent = state.unsent() + changes.generated.size() - changes.acknowledged.size();
        return new OutboxState(
                state.producerId(),
                state.currency(),
                generated,
                Opening.offeredThrough(tx),
                Opening.acknowledgedThrough(tx, generated),
                unsent,
                state.spareCopies() + count(changes.acknowledged, OutboxMessage::maybeSent),
                state.poisonSent() + count(changes.acknowledged, OutboxMessage::poison),
                state.poisonGenerated() + count(changes.generated, OutboxMessage::poison),
                changes.settings == null ? state.settings() : changes.settings,
                changes.marks.isEmpty() ? state.marks() : Opening.readMarks(tx));
    }

    private static long count(List<OutboxMessage> messages, Predicate<OutboxMessage> which) {
        return messages.stream().filter(which).count();
    }

    private static void delete(Tx tx, List<OutboxMessage> messages) throws SQLException {
        for (OutboxMessage message : messages) {
            if (tx.update("delete from outbox where sequence = ?", message.sequence()) != 1) {
                throw new IllegalStateException("sequence " + message.sequence() + " was acknowledged twice");
            }
        }
    }

    private static void insert(Tx tx, List<OutboxMessage> messages) throws SQLException {
        for (OutboxMessage message : messages) {
            tx.update(
                    "insert into outbox (sequence, body, poison, maybe_sent) values (?, ?, ?, 0)",
                    message.sequence(),
                    message.body(),
                    message.poison());
        }
    }

    private static void flag(Tx tx, List<OutboxMessage> messages) throws SQLException {
        for (OutboxMessage message : messages) {
            tx.update("update outbox set maybe_sent = 1 where sequence = ?", message.sequence());
        }
    }

    private void update(Tx tx, Changes changes) throws SQLException {
        Settings settings = changes.settings == null ? state.settings() : changes.settings;
        tx.update(
                """
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
                       market = coalesce(?, market)
                """,
                changes.generated.size(),
                count(changes.acknowledged, OutboxMessage::maybeSent),
                count(changes.acknowledged, OutboxMessage::poison),
                count(changes.generated, OutboxMessage::poison),
                settings.running(),
                settings.rate(),
                settings.burstRemaining(),
                settings.poisonRemaining(),
                changes.cleanStop,
                changes.market);
    }

    @Override
    public void close() {
        database.close();
    }
}

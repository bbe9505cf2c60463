package dev.holdfast.queue.engine;

import dev.holdfast.queue.commit.GroupCommit;
import dev.holdfast.queue.commit.Operation;
import dev.holdfast.queue.queues.QueueSettings;
import dev.holdfast.queue.queues.Queues;
import dev.holdfast.queue.store.Halt;
import dev.holdfast.queue.store.Sql;
import dev.holdfast.queue.store.sqlite.Database;
import dev.holdfast.queue.store.sqlite.OpenFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;

/**
 * The queue without HTTP: a database, its writer, and the memory beside them. Opened once, closed in the reverse order.
 */
public final class Engine implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Engine.class);

    private final Database database;
    private final Queues queues;
    private final MessageEngine messages;
    private final MoveTasks moveTasks;
    private final GroupCommit groupCommit;
    private final OpenFiles openFiles;
    private final InstantSource clock;
    private final boolean cleanShutdown;
    private final MessageEngine.Recovery recovery;
    private final long startedAtMillis;

    /**
     * @param clock makes the server's clock from the latest instant that the database knows
     */
    public Engine(Database database, QueueSettings settings, LongFunction<InstantSource> clock, Halt halt)
            throws SQLException {
        this.database = database;
        this.queues = new Queues(settings);
        this.messages = new MessageEngine(queues);
        this.moveTasks = new MoveTasks(queues, messages.transfers(), database.diskSpace()::isShort);
        messages.add(moveTasks);
        try (Connection connection = database.connect();
                Sql sql = new Sql(connection)) {
            this.clock = clock.apply(sql.number("select coalesce(max(changed_at), 0) from queue"));
            this.cleanShutdown = sql.number("select clean_shutdown from server") == 1;
            sql.update("update server set clean_shutdown = 0");
        }
        this.groupCommit = new GroupCommit(database, messages, this.clock, halt);
        groupCommit.start();
        this.openFiles = openFiles(database, halt);
        // Of this start; after a rollback memory is built again, and that is no recovery.
        this.recovery = messages.recovery();
        this.startedAtMillis = this.clock.millis();
        LOG.infof(
                "event=recovered cleanShutdown=%s queues=%d messages=%d deliveries=%d tookMillis=%d database=%s",
                cleanShutdown,
                recovery.queues(),
                recovery.messages(),
                recovery.deliveries(),
                recovery.tookMillis(),
                database.file());
    }

    private static OpenFiles openFiles(Database database, Halt halt) {
        try {
            return new OpenFiles(database, halt);
        } catch (IOException e) {
            throw new UncheckedIOException("the database's files vanished during the start", e);
        }
    }

    public Database database() {
        return database;
    }

    public Queues queues() {
        return queues;
    }

    public MessageEngine messages() {
        return messages;
    }

    public MoveTasks moveTasks() {
        return moveTasks;
    }

    public GroupCommit groupCommit() {
        return groupCommit;
    }

    public OpenFiles openFiles() {
        return openFiles;
    }

    public InstantSource clock() {
        return clock;
    }

    public MessageEngine.Recovery recovery() {
        return recovery;
    }

    public long startedAtMillis() {
        return startedAtMillis;
    }

    /** Whether the server before this one was stopped, not killed. */
    public boolean cleanShutdown() {
        return cleanShutdown;
    }

    /** Answers every poll that waits with nothing, and lets none wait any more. */
    public void endLongPolls() {
        var unused = Operation.submit(groupCommit, tx -> {
            messages.longPolls().end(tx);
            return true;
        });
    }

    /** Finishes what waits, then closes; a start after this finds a clean shutdown. */
    @Override
    public void close() throws SQLException {
        openFiles.close();
        groupCommit.close();
        try (Connection connection = database.connect();
                Sql sql = new Sql(connection)) {
            sql.update("update server set clean_shutdown = 1");
        }
        database.close();
    }
}

package dev.holdfast.queue.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that a batch of writes shares. It begins with the first change, so that a batch that only reads costs no
 * fsync. Used on the writer thread only; statements are prepared once and kept until a transaction fails: the driver has
 * closed those that failed.
 */
public final class Tx {
    private final Connection connection;
    private final Sql sql;
    private List<Runnable> afterCommit = new ArrayList<>();
    private boolean begun;
    private long nowMillis;

    public Tx(Connection connection) {
        this.connection = connection;
        this.sql = new Sql(connection);
    }

    /** One instant for the whole batch, in milliseconds since 1970. */
    public long nowMillis() {
        return nowMillis;
    }

    /** Changes rows, and returns how many. */
    public int update(String statement, @Nullable Object... parameters) throws SQLException {
        begin();
        return sql.update(statement, parameters);
    }

    /** A change that answers with a number, by {@code returning}. */
    public long updateReturning(String statement, @Nullable Object... parameters) throws SQLException {
        begin();
        return sql.number(statement, parameters);
    }

    /** See {@link Sql#one}. Like all reads it sees what this transaction has written. */
    public <T> Optional<T> one(String query, Sql.Row<T> reader, @Nullable Object... parameters) throws SQLException {
        return sql.one(query, reader, parameters);
    }

    /** See {@link Sql#number}. */
    public long number(String query, @Nullable Object... parameters) throws SQLException {
        return sql.number(query, parameters);
    }

    /** See {@link Sql#numberOrNull}. */
    public @Nullable Long numberOrNull(String query, @Nullable Object... parameters) throws SQLException {
        return sql.numberOrNull(query, parameters);
    }

    /** See {@link Sql#all}. */
    public <T> List<T> all(String query, Sql.Row<T> reader, @Nullable Object... parameters) throws SQLException {
        return sql.all(query, reader, parameters);
    }

    /** See {@link Sql#visit}. */
    public void visit(String query, Sql.RowVisitor visitor, @Nullable Object... parameters) throws SQLException {
        sql.visit(query, visitor, parameters);
    }

    /**
     * A statement without parameters and results, run to its end: for a pragma that works in steps, which a prepared
     * statement of this driver leaves after the first.
     */
    public void run(String statement) throws SQLException {
        begin();
        try (Statement once = connection.createStatement()) {
            once.executeUpdate(statement);
        }
    }

    private void begin() throws SQLException {
        if (!begun) {
            sql.execute("begin immediate");
            begun = true;
        }
    }

    /** Runs once this transaction is on disk, on the writer thread, in the order given; never if it fails. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    public void start(long now) {
        nowMillis = now;
        begun = false;
        afterCommit.clear();
    }

    /** Whether anything was written, and so an fsync was paid. */
    public boolean commit() throws SQLException {
        if (begun) {
            sql.execute("commit");
        }
        return begun;
    }

    /** What to run now that the transaction is on disk. */
    public List<Runnable> takeAfterCommit() {
        List<Runnable> actions = afterCommit;
        afterCommit = new ArrayList<>(actions.size());
        return actions;
    }

    public void rollback() throws SQLException {
        sql.close();
        // SQLite may have rolled back by itself already (a full disk); autocommit mode tells.
        if (begun) {
            begun = false;
            try (Statement rollback = connection.createStatement()) {
                rollback.execute("rollback");
            } catch (SQLException e) {
                String message = String.valueOf(e.getMessage());
                if (!message.contains("no transaction is active")) {
                    throw e;
                }
            }
        }
    }
}

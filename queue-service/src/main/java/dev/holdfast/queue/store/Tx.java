package dev.holdfast.queue.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The transaction that a batch of writes shares. It begins with the first write, so that a batch that only looks costs
 * no fsync. Used on the writer thread only; statements are prepared once and kept until a transaction fails: the driver has
 * closed those that failed.
 */
public final class Tx {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private List<Runnable> afterCommit = new ArrayList<>();
    private boolean begun;
    private long nowMillis;

    public Tx(Connection connection) {
        this.connection = connection;
    }

    /** One instant for the whole batch, in milliseconds since 1970. */
    public long nowMillis() {
        return nowMillis;
    }

    /** A statement that changes something; the caller binds and executes it before it asks for the next one. */
    public PreparedStatement write(String sql) throws SQLException {
        begin();
        return read(sql);
    }

    /**
     * A statement without parameters and results, run to its end: for a pragma that works in steps, which a prepared
     * statement of this driver leaves after the first.
     */
    public void run(String sql) throws SQLException {
        begin();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void begin() throws SQLException {
        if (!begun) {
            read("begin immediate").execute();
            begun = true;
        }
    }

    /** A statement that only reads; it sees what this transaction has written. The caller closes the result set. */
    public PreparedStatement read(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
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
            read("commit").execute();
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
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
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

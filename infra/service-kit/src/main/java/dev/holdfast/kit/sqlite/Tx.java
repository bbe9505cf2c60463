package dev.holdfast.kit.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements of one connection, prepared once each. Used by one thread at a time, inside {@link Database}'s transactions. */
public final class Tx {
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Tx(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface Row<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    /** Runs a change and returns the number of rows it took effect on. */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        return bound(sql, parameters).executeUpdate();
    }

    /** Inserts a row and returns the number that its integer primary key got. */
    public long insert(String sql, @Nullable Object... parameters) throws SQLException {
        update(sql, parameters);
        return one("select last_insert_rowid()", row -> row.getLong(1)).orElseThrow();
    }

    public <T> List<T> all(String sql, Row<T> reader, @Nullable Object... parameters) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    /** Does something with one row of a result. */
    @FunctionalInterface
    public interface RowAction {
        void take(ResultSet row) throws SQLException;
    }

    /** Goes through a result of any size, row by row. */
    public void each(String sql, RowAction action, @Nullable Object... parameters) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            while (rows.next()) {
                action.take(rows);
            }
        }
    }

    /** The first row, where there is one. */
    public <T> Optional<T> one(String sql, Row<T> reader, @Nullable Object... parameters) throws SQLException {
        try (ResultSet rows = bound(sql, parameters).executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
        }
    }

    /** A nullable integer column. */
    public static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** A nullable real column. */
    public static @Nullable Double doubleOrNull(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    /** For reads whose statements stand in another module. */
    public Connection connection() {
        return connection;
    }

    private PreparedStatement bound(String sql, @Nullable Object[] parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            bind(statement, i + 1, parameters[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object parameter) throws SQLException {
        switch (parameter) {
            case null -> statement.setObject(index, null);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setInt(index, number);
            case String text -> statement.setString(index, text);
            case Double number -> statement.setDouble(index, number);
            case Boolean flag -> statement.setInt(index, flag ? 1 : 0);
            case byte[] bytes -> statement.setBytes(index, bytes);
            default -> throw new IllegalStateException("cannot bind a " + parameter.getClass());
        }
    }
}

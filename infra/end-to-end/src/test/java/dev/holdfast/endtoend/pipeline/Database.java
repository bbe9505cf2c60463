package dev.holdfast.endtoend.pipeline;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Another process's SQLite file; every read is one snapshot. */
final class Database {
    private final Path file;

    Database(Path file) {
        this.file = file;
    }

    interface Reading<T> {
        T from(Snapshot snapshot) throws SQLException;
    }

    interface Row<T> {
        T from(ResultSet row) throws SQLException;
    }

    record Snapshot(Connection connection) {
        <T> List<T> rows(String sql, Row<T> row) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(row.from(rows));
                }
                return all;
            }
        }
    }

    <T> T read(Reading<T> reading) {
        try (Connection connection =
                DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro&busy_timeout=10000")) {
            connection.setAutoCommit(false);
            return reading.from(new Snapshot(connection));
        } catch (SQLException unreadable) {
            throw new IllegalStateException("cannot read " + file, unreadable);
        }
    }

    /** Changes one row. */
    void change(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + file + "?busy_timeout=10000");
                Statement statement = connection.createStatement()) {
            int rows = statement.executeUpdate(sql);
            if (rows != 1) {
                throw new IllegalStateException("changed " + rows + " rows: " + sql);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException("cannot change " + file, refused);
        }
    }

    long number(String sql) {
        return read(snapshot -> snapshot.rows(sql, row -> row.getLong(1)).getFirst());
    }
}

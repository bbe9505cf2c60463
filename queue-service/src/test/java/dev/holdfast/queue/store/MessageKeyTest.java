package dev.holdfast.queue.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.store.sqlite.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layout of keys is the same in Java, in SQL and in the indexes. */
class MessageKeyTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 1099511627775", "7, 42", "8388607, 1"})
    void sqlComputesTheKeysThatJavaDoes(long queue, long sequence) throws SQLException {
        long key = MessageKey.of(queue, sequence);

        try (Database database = Database.open(folder.resolve("queue.db"));
                Connection connection = database.connect();
                Sql sql = new Sql(connection)) {
            assertThat(sql.number("select id_of(q, s) from (select ? as q, ? as s)", queue, sequence))
                    .isEqualTo(key);
            assertThat(sql.number("select queue_of(k) from (select ? as k)", key))
                    .isEqualTo(queue);
        }
        assertThat(MessageKey.queueNumber(key)).isEqualTo(queue);
        assertThat(MessageKey.sequence(key)).isEqualTo(sequence);
    }

    @Test
    void theQueueOfAnIdIsFoundByTheIndexesOverIt() throws SQLException {
        try (Database database = Database.open(folder.resolve("queue.db"));
                Connection connection = database.connect();
                Sql sql = new Sql(connection)) {
            assertThat(plan(sql, "select id from message where queue_of(id) = 1 and group_id = 'g' and id > 5"))
                    .contains("USING COVERING INDEX message_by_group (<expr>=? AND group_id=? AND id>?)");
            assertThat(
                            plan(
                                    sql,
                                    "select id from message where queue_of(id) = 1 and retained_from is not null and retained_from <= 9"))
                    .contains("INDEX message_by_retention (<expr>=? AND retained_from");
            assertThat(
                            plan(
                                    sql,
                                    "select id from delivery where queue_of(id) = 1 and parked = 1 and id > 5 order by visible_at"))
                    .contains("INDEX delivery_parked (<expr>=?)");
        }
    }

    private static String plan(Sql sql, String query) throws SQLException {
        return String.join("\n", sql.all("explain query plan " + query, row -> row.getString(4)));
    }
}

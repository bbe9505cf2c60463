package dev.holdfast.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** Against the consumer's own schema, the contract between the two. */
class ConsumerSideTest {
    private static final Path SCHEMA = Path.of("../../analytics-consumer/src/main/resources/db/1.sql");
    private static final String PRODUCER = "11111111-1111-4111-8111-111111111111";

    @TempDir
    Path folder;

    private Connection db;

    @BeforeEach
    void appliedAre1to10And12And15to20() throws Exception {
        db = new SQLiteConfig().createConnection("jdbc:sqlite:" + folder.resolve("analytics.db"));
        try (var statement = db.createStatement()) {
            statement.executeUpdate(Files.readString(SCHEMA));
            statement.executeUpdate("insert into producer values (1, '" + PRODUCER + "', 17, 3, 20)");
            statement.executeUpdate("update progress set applied = 19, duplicates_absorbed = 4");
            statement.executeUpdate("insert into subject values (1, 'product', 'SKU', 'USD', 'Lamp', 'Home')");
            statement.executeUpdate("insert into subject values (2, 'category', 'Home', 'USD', null, null)");
            statement.executeUpdate("insert into processed_range values (1, 1, 10)");
            for (int sequence : new int[] {12, 15, 16, 17, 18, 19, 20}) {
                statement.executeUpdate("insert into processed_event values (1, " + sequence
                        + ", 1, 2, 1000, 100, 100, 'MARKET', 900, 1100, 1)");
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        db.close();
    }

    @Test
    void countsWhatIsAppliedUpToASequence() throws SQLException {
        assertThat(ConsumerSide.read(db, PRODUCER, 20)).isEqualTo(new ConsumerSide(17, 17, 19, 4));
        assertThat(ConsumerSide.read(db, PRODUCER, 16)).isEqualTo(new ConsumerSide(17, 13, 19, 4));
        assertThat(ConsumerSide.read(db, PRODUCER, 5)).isEqualTo(new ConsumerSide(17, 5, 19, 4));
    }

    @Test
    void knowsNothingOfAStranger() throws SQLException {
        assertThat(ConsumerSide.read(db, "22222222-2222-4222-8222-222222222222", 9))
                .isEqualTo(new ConsumerSide(0, 0, 19, 4));
    }

    @Test
    void namesTheSequencesThatAreMissing() throws SQLException {
        assertThat(Unapplied.sequences(db, PRODUCER, 22, 100))
                .hasValueSatisfying(missing -> assertThat(missing).containsExactly(11L, 13L, 14L, 21L, 22L));
        assertThat(Unapplied.sequences(db, PRODUCER, 10, 100))
                .hasValueSatisfying(missing -> assertThat(missing).isEmpty());
        assertThat(Unapplied.sequences(db, PRODUCER, 22, 4)).isEmpty();
    }
}

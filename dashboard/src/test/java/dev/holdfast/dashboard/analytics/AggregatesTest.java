package dev.holdfast.dashboard.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** Against the consumer's own schema, the contract between the two. */
class AggregatesTest {
    private static final Path SCHEMA = Path.of("../analytics-consumer/src/main/resources/db/1.sql");
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
            statement.executeUpdate("insert into subject values (1, 'product', 'SKU', 'USD', 'Lamp', 'Home')");
            statement.executeUpdate("insert into subject values (2, 'category', 'Home', 'USD', null, null)");
            statement.executeUpdate("insert into processed_range values (1, 1, 10)");
            for (int sequence : new int[] {12, 15, 16, 17, 18, 19, 20}) {
                statement.executeUpdate("insert into processed_event values (1, " + sequence
                        + ", 1, 2, 1000, 100, 100, 'MARKET', 900, 1100, 1)");
            }
        }
    }

    @Test
    void readsSummariesThroughTheConsumersViews() throws SQLException {
        assertThat(Aggregates.categories(db)).isEmpty();
        assertThat(Aggregates.consumers(db)).isEmpty();
        assertThat(Aggregates.progress(db).applied()).isZero();
        assertThat(AnalyticsReads.products(db)).isEmpty();
        assertThat(AnalyticsReads.events(db)).hasSize(7);
        assertThat(AnalyticsReads.failures(db, 5)).isEmpty();
        assertThat(AnalyticsReads.bars(db, "product", "SKU", "minute", 0)).isEmpty();
    }

    @Test
    void whoFellSilentPassesForCrashedOnlyOnceItsNextStartSaysSo() throws SQLException {
        try (var statement = db.createStatement()) {
            statement.executeUpdate("""
                    insert into session (session_no, consumer, pid, process_started_at, port, started_at, heartbeat_at,
                                         state, state_since)
                    values (1, 'c1', 7, 0, 0, 1000, 2000, 'running', 1000)""");
        }
        assertThat(Aggregates.consumers(db)).singleElement().satisfies(session -> {
            assertThat(session.state()).isEqualTo("silent");
            assertThat(session.since()).isEqualTo(Instant.ofEpochMilli(2000));
        });
        assertThat(Aggregates.marks(db, Instant.EPOCH))
                .extracting(mark -> mark.shown().label())
                .containsExactly("c1 fell silent");

        try (var statement = db.createStatement()) {
            statement.executeUpdate("update session set state = 'crashed', ended_at = heartbeat_at");
            statement.executeUpdate("insert into mark values (1, 2000, 'c1', 1, 'crash')");
        }

        assertThat(Aggregates.consumers(db)).extracting(ConsumerSession::state).containsExactly("crashed");
        assertThat(Aggregates.marks(db, Instant.EPOCH))
                .containsExactly(new ConsumerMark(Instant.ofEpochMilli(2000), "c1", ConsumerMark.Kind.CRASH));
    }
}

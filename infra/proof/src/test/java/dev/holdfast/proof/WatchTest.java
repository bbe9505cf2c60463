package dev.holdfast.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** A queue that is never empty, so nothing is ever at rest; event 11 was deleted by a stranger. */
class WatchTest {
    private static final Path SCHEMA = Path.of("../../analytics-consumer/src/main/resources/db/1.sql");
    private static final String PRODUCER = "11111111-1111-4111-8111-111111111111";
    private static final String DELETED =
            "Cannot be known: 1 acknowledged event (11) was deleted from the queue without being applied,"
                    + " and the queue does not record who deletes a message.";
    /** Messages that came into the queue after the producer was asked. */
    private static final long SENT_SINCE = 3;

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private Connection db;
    private Watch watch;
    private String ledgers = "{}";
    private int listings;

    @BeforeEach
    void open() throws Exception {
        db = new SQLiteConfig().createConnection("jdbc:sqlite:" + folder.resolve("analytics.db"));
        try (var statement = db.createStatement()) {
            statement.executeUpdate(Files.readString(SCHEMA));
            statement.executeUpdate("insert into producer values (1, '" + PRODUCER + "', 0, 0, 0)");
            statement.executeUpdate("insert into processed_range values (1, 1, 10)");
            statement.executeUpdate("insert into processed_range values (1, 12, 12)");
        }
        ConsumerReads reads = new ConsumerReads() {
            @Override
            public <T> T read(Read<T> read) throws IOException {
                try {
                    return read.from(db);
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }
        };
        watch = new Watch(new Search(this::answer, reads, "events", "dead"), reads);
    }

    @AfterEach
    void close() throws SQLException {
        db.close();
    }

    @Test
    void findsWhatIsMissingThoughTheQueueIsNeverEmpty() throws Exception {
        assertThat(second(0, 20, 4, 0)).startsWith("No loss to be seen");

        assertThat(second(10, 40, 4, 1)).isEqualTo(DELETED);
    }

    @Test
    void saysTheSameUntilTheTruthChanges() throws Exception {
        second(0, 20, 4, 0);
        second(10, 40, 4, 1);

        assertThat(second(11, 60, 20, 2)).isEqualTo(DELETED);
        assertThat(second(20, 80, 40, 9)).isEqualTo(DELETED);
        assertThat(second(40, 99, 1, 0)).isEqualTo(DELETED);
        assertThat(listings).as("compared once").isEqualTo(1);
    }

    @Test
    void waitsWhileTheOldestMessageMayBeOneOfThose() throws Exception {
        second(0, 20, 4, 0);

        assertThat(second(10, 40, 4, 9)).startsWith("No loss to be seen");
    }

    /** One sample: all but event 11 and the {@code stock} newest are applied. */
    private String second(long second, long through, long stock, long oldestAgeSeconds) throws Exception {
        long last = Math.max(12, through - stock);
        try (var statement = db.createStatement()) {
            statement.executeUpdate(
                    "update processed_range set last_sequence = " + last + " where first_sequence = 12");
            statement.executeUpdate("update producer set applied = " + (last - 1));
            statement.executeUpdate("update progress set applied = " + (last - 1));
        }
        long stored = through - last + SENT_SINCE;
        ledgers = """
                {"queues": [{"name": "events", "oldestAgeSeconds": %d,
                             "ledger": {"sent": %d, "deleted": %d, "stock": %d}}],
                 "dropped": []}
                """.formatted(oldestAgeSeconds, through + SENT_SINCE, last, stored);
        var producer = new ProducerSide(PRODUCER, through, through, 0);
        QueueSide queue = QueueSide.read(this::answer, "events", "dead").orElseThrow();
        ConsumerSide consumer = ConsumerSide.read(db, PRODUCER, through);
        Evidence evidence = Evidence.of(producer, queue, consumer, 0);
        return Proof.of(watch.examine(evidence, Duration.ofSeconds(second).toNanos()), Instant.EPOCH)
                .sentence();
    }

    /** The messages themselves are of another producer. */
    private Optional<JsonNode> answer(String path) throws IOException {
        if (path.startsWith("queues/")) {
            listings++;
            return Optional.of(JSON.readTree("{\"messages\": [], \"next\": null}"));
        }
        return Optional.of(JSON.readTree(ledgers));
    }
}

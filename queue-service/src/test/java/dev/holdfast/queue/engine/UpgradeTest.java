package dev.holdfast.queue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.message.Fingerprint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that an earlier version left behind opens with what was in it: made from that version's scripts and rows. */
class UpgradeTest {
    private static final List<String> SCRIPTS = List.of("1-queues-and-messages", "2-fifo", "3-move-tasks");

    /** A little before the clock of the engine under test starts. */
    private static final long THEN = 1_699_999_990_000L;

    private static final long STANDARD = 1;
    private static final long FIFO = 2;
    private static final String ORIGINAL_ID = "00112233-4455-4677-8899-aabbccddee03";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("queue.db");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void messagesOfAnEarlierSchemaAreReceivedAndDeleted(int version) throws Exception {
        write(version);

        try (TestEngine engine = new TestEngine(file)) {
            assertThat(receive(engine, "kept"))
                    .singleElement()
                    .extracting(Result.ReceivedMessage::body)
                    .isEqualTo("waiting");
            engine.advance(60_000);
            List<Result.ReceivedMessage> back = receive(engine, "kept");
            assertThat(back).extracting(Result.ReceivedMessage::body).containsExactlyInAnyOrder("in flight", "waiting");
            assertThat(back)
                    .extracting(message -> message.attributes().get("ApproximateReceiveCount"))
                    .containsOnly("2");
            back.forEach(message ->
                    engine.perform(new Request.DeleteMessage("kept", message.receiptHandle()), Result.Nothing.class));
            assertThat(stock(engine, "kept")).isEqualTo("0");

            engine.restart();
            assertThat(stock(engine, "kept")).isEqualTo("0");
        }
        assertThat(number("pragma user_version")).isEqualTo(SCRIPTS.size());
        assertThat(number("select sent - deleted - stock from queue where number = " + STANDARD))
                .isZero();
    }

    /** The first schema had no FIFO queues. */
    @Test
    void deduplicationAndOrderOfTheSecondSchemaGoOn() throws Exception {
        write(2);

        try (TestEngine engine = new TestEngine(file)) {
            assertThat(send(engine, "again", "d-3").messageId()).isEqualTo(ORIGINAL_ID);
            send(engine, "next", "d-4");

            assertThat(receive(engine, "kept.fifo"))
                    .extracting(Result.ReceivedMessage::body)
                    .containsExactly("first", "next");
        }
    }

    /** What a server with that schema had on disk when it was killed; one message was deleted before. */
    private void write(int version) throws SQLException, IOException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            statement.execute("pragma page_size = 8192");
            statement.execute("pragma auto_vacuum = incremental");
            statement.execute("pragma journal_mode = wal");
            for (String script : SCRIPTS.subList(0, version)) {
                for (String sql : script(script).split(";\\s*\\n", -1)) {
                    if (!sql.isBlank()) {
                        statement.execute(sql);
                    }
                }
            }
            statement.execute("pragma user_version = " + version);
            statement.execute("update server set clean_shutdown = 0");
            queue(statement, STANDARD, "kept", "{\"VisibilityTimeout\":\"30\"}");
            message(statement, STANDARD, 2, "in flight", "null, null");
            message(statement, STANDARD, 3, "waiting", "null, null");
            statement.execute("insert into delivery (id, visible_at, receive_count, received_at, first_received_at)"
                    + " values (%d, %d, 1, %d, %d)".formatted(key(STANDARD, 2), THEN + 30_000, THEN, THEN));
            if (version >= 2) {
                queue(statement, FIFO, "kept.fifo", "{\"FifoQueue\":\"true\"}");
                message(statement, FIFO, 3, "first", "'g', 'd-3'");
                Fingerprint fingerprint = Fingerprint.of(FIFO, null, "d-3");
                statement.execute("insert into deduplication (high, low, expires_at, message_id, message_key)"
                        + " values (%d, %d, %d, x'%s', %d)"
                                .formatted(
                                        fingerprint.high(),
                                        fingerprint.low(),
                                        THEN + 300_000,
                                        ORIGINAL_ID.replace("-", ""),
                                        key(FIFO, 3)));
            }
        }
    }

    private static void queue(Statement statement, long number, String name, String attributes) throws SQLException {
        long stock = number == FIFO ? 1 : 2;
        statement.execute("insert into queue (number, account, name, created_at, modified_at, attributes, tags,"
                + " next_sequence, delivered_through, sent, deleted, stock, changed_at)"
                + " values (%d, '%s', '%s', %d, %d, '%s', '{}', 4, 2, 3, %d, %d, %d)"
                        .formatted(number, TestEngine.ACCOUNT, name, THEN, THEN, attributes, 3 - stock, stock, THEN));
    }

    /** @param group SQL: its group and its deduplication id */
    private static void message(Statement statement, long queue, long sequence, String body, String group)
            throws SQLException {
        statement.execute("insert into message (id, message_id, sent_at, body, group_id, deduplication_id)"
                + " values (%d, x'00112233445546778899aabbccddee%02d', %d, cast('%s' as blob), %s)"
                        .formatted(key(queue, sequence), sequence, THEN, body, group));
    }

    private static long key(long queue, long sequence) {
        return queue << 40 | sequence;
    }

    private static String script(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(UpgradeTest.class.getResourceAsStream("/db/" + name + ".sql"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static List<Result.ReceivedMessage> receive(TestEngine engine, String queue) {
        return engine.perform(
                        new Request.ReceiveMessage(queue, List.of(), List.of("All"), List.of(), 10, null, 0, null),
                        Result.OfReceiveMessage.class)
                .messages();
    }

    private static Result.OfSendMessage send(TestEngine engine, String body, String deduplicationId) {
        return engine.perform(
                new Request.SendMessage("kept.fifo", body, null, Map.of(), Map.of(), deduplicationId, "g"),
                Result.OfSendMessage.class);
    }

    private static String stock(TestEngine engine, String queue) {
        return Objects.requireNonNull(
                engine.perform(new Request.GetQueueAttributes(queue, List.of("All")), Result.OfGetQueueAttributes.class)
                        .attributes()
                        .get("ApproximateNumberOfMessages"));
    }
}

package dev.holdfast.producer.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.kit.sqlite.UnusableDatabaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final Instant NOW = Instant.parse("2026-11-24T15:00:00Z");
    private static final int WINDOW = 4;
    private static final byte[] MARKET = {1, 2, 3};

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameFile() {
        file = folder.resolve("producer.db");
    }

    @Test
    void remembersWhatWasNotAcknowledged() throws Exception {
        try (Outbox outbox = open()) {
            outbox.commit(new Changes().add(messages(1, 10), MARKET));
            outbox.commit(new Changes().acknowledge(messages(1, 3)).acknowledge(messages(5, 5)));
            assertThat(outbox.state().acknowledgedThrough()).isEqualTo(3);
        }

        try (Outbox outbox = open()) {
            OutboxState state = outbox.state();
            assertThat(state.generated()).isEqualTo(10);
            assertThat(state.acknowledged()).isEqualTo(4);
            assertThat(state.unsent()).isEqualTo(6);
            assertThat(state.acknowledgedThrough()).isEqualTo(3);
            assertThat(outbox.market()).isEqualTo(MARKET);
            assertThat(outbox.unsent()).extracting(OutboxMessage::sequence).containsExactly(4L, 6L, 7L, 8L, 9L, 10L);
        }
    }

    @Test
    void offersTheLowestOnesAsTheyGo() throws Exception {
        try (Outbox outbox = open()) {
            outbox.commit(new Changes().add(messages(1, 3), MARKET));
            assertThat(outbox.state().offeredThrough()).isEqualTo(3);
            outbox.commit(new Changes().add(messages(4, 9), MARKET));
            assertThat(outbox.state().offeredThrough()).isEqualTo(4);
            outbox.commit(new Changes().acknowledge(messages(2, 3)));
            assertThat(outbox.state().offeredThrough()).isEqualTo(6);
        }
    }

    @Test
    void afterACrashWhatWasOfferedMayHaveBeenSent() throws Exception {
        try (Outbox outbox = open()) {
            outbox.commit(new Changes().add(messages(1, 7), MARKET));
            outbox.commit(new Changes().acknowledge(messages(1, 1)));
        }

        try (Outbox outbox = open()) {
            List<OutboxMessage> unsent = outbox.unsent();
            assertThat(unsent)
                    .extracting(OutboxMessage::maybeSent)
                    .containsExactly(true, true, true, true, false, false);
            outbox.commit(new Changes().acknowledge(unsent));
            assertThat(outbox.state().spareCopies()).isEqualTo(4);
            assertThat(outbox.state().marks())
                    .extracting(Mark::text)
                    .containsExactly("first start", "started after a crash");
        }
    }

    @Test
    void afterAnOrderlyStopOnlyWhatHadNoAnswerMayHaveBeenSent() throws Exception {
        try (Outbox outbox = open()) {
            outbox.commit(new Changes().add(messages(1, 3), MARKET));
            outbox.commit(new Changes().cleanStop(messages(2, 2)));
        }

        try (Outbox outbox = open()) {
            assertThat(outbox.unsent()).extracting(OutboxMessage::maybeSent).containsExactly(false, true, false);
        }
    }

    @Test
    void givesOutNoSequenceTwiceAndSkipsNone() throws Exception {
        try (Outbox outbox = open()) {
            outbox.commit(new Changes().add(messages(1, 2), MARKET));

            assertThatThrownBy(() -> outbox.commit(new Changes().add(messages(2, 2), MARKET)))
                    .hasMessageContaining("3 is due");
            assertThatThrownBy(() -> outbox.commit(new Changes().add(messages(4, 4), MARKET)))
                    .hasMessageContaining("3 is due");
            assertThat(outbox.state().generated()).isEqualTo(2);
        }
    }

    @Test
    void settingsOfTheControlApiSurvive() throws Exception {
        try (Outbox outbox = open()) {
            outbox.commit(new Changes()
                    .settings(new Settings(false, 0.1, 7, 8))
                    .mark(Mark.of(NOW, Mark.Kind.RATE, 0.1, "rate 0.1/s")));
        }

        try (Outbox outbox = open()) {
            assertThat(outbox.state().settings()).isEqualTo(new Settings(false, 0.1, 7, 8));
            assertThat(outbox.state().marks()).extracting(Mark::value).containsExactly(null, 0.1, null);
        }
    }

    @Test
    void keepsTheNewestHundredMarks() throws Exception {
        try (Outbox outbox = open()) {
            for (int number = 1; number <= 150; number++) {
                outbox.commit(new Changes().mark(Mark.of(NOW, Mark.Kind.STOP, "mark " + number)));
            }
            assertThat(outbox.state().marks()).hasSize(100);
            assertThat(outbox.state().marks().getLast().text()).isEqualTo("mark 150");
        }
    }

    @Test
    void fileStaysSmallHoweverMuchGoesThrough() throws Exception {
        try (Outbox outbox = open()) {
            for (int chunk = 0; chunk < 100; chunk++) {
                long first = chunk * 1_000L + 1;
                outbox.commit(new Changes().add(messages(first, first + 999), MARKET));
                outbox.commit(new Changes().acknowledge(messages(first, first + 999)));
            }
            assertThat(outbox.state().acknowledgedThrough()).isEqualTo(100_000);
        }

        assertThat(Files.size(file)).isLessThan(1_000_000);
    }

    @Test
    void foreignFileIsRefusedAndNotTouched() throws Exception {
        Files.writeString(file, "not a database ".repeat(100));
        assertRefusedUntouched("is not a SQLite database");

        Files.delete(file);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("create table somebody (elses integer)");
        }
        assertRefusedUntouched("not an outbox of this producer");
    }

    @Test
    void currencyOfAnOutboxIsForGood() throws Exception {
        open().close();

        assertThatThrownBy(() -> Outbox.open(file, "EUR", new Settings(true, 20, 0, 0), WINDOW, NOW))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("begun in USD");
    }

    private void assertRefusedUntouched(String why) throws Exception {
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining(why);

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private Outbox open() {
        return Outbox.open(file, "USD", new Settings(true, 20, 0, 0), WINDOW, NOW);
    }

    private static List<OutboxMessage> messages(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> new OutboxMessage(sequence, "{}".repeat(100), false, false))
                .toList();
    }
}

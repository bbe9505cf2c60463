package dev.holdfast.consumer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.consumer.Events;
import dev.holdfast.consumer.TestDatabase;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecountTest {
    @TempDir
    Path folder;

    @Test
    void findsNoDifferenceWhereThereIsNone() throws Exception {
        try (TestDatabase database = filled()) {
            Recount recount = database.database().read(Recount::of);

            assertThat(recount.differences()).isEmpty();
            assertThat(recount.keptEvents()).isEqualTo(200);
            assertThat(recount.compared()).isGreaterThan(50);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update aggregate set event_count = event_count + 1 where span = 'minute' and subject_no = 1",
                "update aggregate set sum_minor = '1' where span = 'all' and subject_no = 2",
                "update aggregate set last_price_minor = 5 where span = 'hour' and subject_no = 2",
                "update aggregate set mean_minor = mean_minor * 1.0001 where span = 'all' and subject_no = 1",
                "delete from aggregate where span = 'minute' and subject_no = 3",
                "delete from processed_event where producer_no = 1 and sequence = 7",
                "insert into processed_range values (1, 3, 3)",
                "update progress set applied = applied + 1"
            })
    void findsWhatWasTamperedWith(String tampering) throws Exception {
        try (TestDatabase database = filled()) {
            database.execute(tampering);

            assertThat(database.database().<Recount>read(Recount::of).differences())
                    .isNotEmpty();
        }
    }

    private TestDatabase filled() throws Exception {
        TestDatabase database = new TestDatabase(folder.resolve("a.db"));
        database.apply(Events.several(200, new SplittableRandom(3)));
        return database;
    }
}

package dev.holdfast.dashboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
    private static final long MINUTE = 1_800_000_000L;

    @TempDir
    Path folder;

    @Test
    void isStillThereAfterARestart() throws Exception {
        History before = new History(folder, "price-events");
        before.add(point(MINUTE + 1, 7));
        before.mark(new Mark(Instant.ofEpochSecond(MINUTE), "consumer", "consumer stopped"));
        before.close();

        History after = new History(folder, "price-events");

        assertThat(after.points(Instant.ofEpochSecond(MINUTE), false)).containsExactly(point(MINUTE + 1, 7));
        assertThat(after.marks(Instant.EPOCH, 10)).extracting(Mark::label).containsExactly("consumer stopped");
        after.close();
    }

    @Test
    void foldsAMinuteIntoItsPeak() throws Exception {
        History history = new History(folder, "price-events");

        for (int second = 0; second <= 60; second++) {
            history.add(point(MINUTE + second, second == 30 ? 900 : 10));
        }

        assertThat(history.points(Instant.EPOCH, true)).singleElement().satisfies(minute -> {
            assertThat(minute.at()).isEqualTo(MINUTE);
            assertThat(minute.waiting()).isEqualTo(900.0);
        });
        history.close();
    }

    @Test
    void forgetsSecondsAfterAnHour() throws Exception {
        History history = new History(folder, "price-events");
        history.add(point(MINUTE, 1));

        history.add(point(MINUTE + 3601, 2));

        assertThat(history.points(Instant.EPOCH, false)).containsExactly(point(MINUTE + 3601, 2));
        history.close();
    }

    @Test
    void aLongRangeKeepsMinimaAndMaxima() throws Exception {
        History history = new History(folder, "price-events");
        for (int second = 0; second <= 120; second++) {
            history.add(point(MINUTE + second, second == 30 ? 900 : second == 40 ? 0 : 10));
        }

        Past day = history.past(HistoryRange.DAY, Instant.ofEpochSecond(MINUTE + 120));

        assertThat(day.step()).isEqualTo(120);
        assertThat(day.columns().get("waiting")).contains(900.0);
        assertThat(day.columns().get("waitingLow")).contains(0.0);
        history.close();
    }

    @Test
    void aShortRangeHasEverySecond() throws Exception {
        History history = new History(folder, "price-events");
        for (int second = 0; second < 10; second++) {
            history.add(point(MINUTE + second, second));
        }

        Past five = history.past(HistoryRange.FIVE_MINUTES, Instant.ofEpochSecond(MINUTE + 10));

        assertThat(five.at()).hasSize(10);
        assertThat(five.columns().get("waiting")).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0);
        history.close();
    }

    @Test
    void theSameMarkTwiceIsOne() throws Exception {
        History history = new History(folder, "price-events");
        var crash = new Mark(Instant.ofEpochSecond(MINUTE), "consumer", "consumer crashed");

        history.mark(crash);
        history.mark(crash);

        assertThat(history.marks(Instant.EPOCH, 10)).containsExactly(crash);
        history.close();
    }

    @Test
    void aMarkCanBeTakenBack() throws Exception {
        History history = new History(folder, "price-events");
        var silent = new Mark(Instant.ofEpochSecond(MINUTE), "consumer", "c1 fell silent");
        history.mark(silent);

        history.forget(silent);

        assertThat(history.marks(Instant.EPOCH, 10)).isEmpty();
        history.close();
    }

    @Test
    void keepsMinutesAndMarksForADay() throws Exception {
        History history = new History(folder, "price-events");
        history.add(point(MINUTE, 5));
        history.add(point(MINUTE + 60, 6));
        history.mark(new Mark(Instant.ofEpochSecond(MINUTE), "consumer", "c1 started"));

        history.add(point(MINUTE + 24 * 3600, 7));
        assertThat(history.points(Instant.EPOCH, true))
                .extracting(HistoryPoint::at)
                .contains(MINUTE);
        history.add(point(MINUTE + 25 * 3600, 8));

        assertThat(history.points(Instant.EPOCH, true))
                .extracting(HistoryPoint::at)
                .doesNotContain(MINUTE);
        assertThat(history.marks(Instant.EPOCH, 10)).isEmpty();
        history.close();
    }

    @Test
    void countsDeletionsByHandOfTheMainQueueOnly() throws Exception {
        History history = new History(folder, "price-events");

        history.deletedByHand("price-events", "m1");
        history.deletedByHand("price-events", "m1");
        history.deletedByHand("another", "m2");

        assertThat(history.deletedByHand()).isEqualTo(1);
        history.close();
    }

    private static HistoryPoint point(long at, double waiting) {
        return new HistoryPoint(at, waiting, null, null, null, null, null, null, null, null, null, null, null);
    }
}

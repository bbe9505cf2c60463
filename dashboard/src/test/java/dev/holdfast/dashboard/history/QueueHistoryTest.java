package dev.holdfast.dashboard.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.dashboard.history.QueueHistory.Figures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the charts of every queue remember, through restarts and a day. */
class QueueHistoryTest {
    private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

    @TempDir
    Path folder;

    private QueueHistory history;

    @BeforeEach
    void open() {
        history = new QueueHistory(folder);
    }

    @AfterEach
    void close() {
        history.close();
    }

    @Test
    void depthStaysWhereItWasAndRatesAreOfWhatMoved() {
        add(0, 5, 5, 0);
        add(10, 5, 5, 0);
        add(20, 25, 105, 80);

        Past past = history.past("q", HistoryRange.FIVE_MINUTES, START.plusSeconds(20));

        assertThat(past.at()).hasSize(3);
        assertThat(past.columns().get("waiting")).containsExactly(5.0, 5.0, 25.0);
        assertThat(past.columns().get("rateIn")).containsExactly(null, 0.0, 10.0);
        assertThat(past.columns().get("rateOut")).containsExactly(null, 0.0, 8.0);
    }

    @Test
    void aRestartForgetsNothingAndWhatNobodySawIsAGap() {
        add(0, 5, 5, 0);
        history.close();
        history = new QueueHistory(folder);
        add(100, 5, 5, 0);

        Past past = history.past("q", HistoryRange.FIVE_MINUTES, START.plusSeconds(100));

        assertThat(past.at()).containsExactly(START.getEpochSecond(), START.getEpochSecond() + 100);
        assertThat(past.columns().get("waiting")).containsExactly(5.0, 5.0);
    }

    @Test
    void aDayLaterTheLastFiguresOfAnIdleQueueStillStand() {
        add(0, 7, 7, 0);
        int day = 24 * 60 * 60;
        for (int second = 60; second <= day + 3_600; second += 60) {
            add(second, 7, 7, 0);
        }

        Past past = history.past("q", HistoryRange.DAY, START.plusSeconds(day + 3_600));

        assertThat(past.at()).hasSizeBetween(700, 721);
        assertThat(past.at().getFirst()).isGreaterThan(START.getEpochSecond() + 3_000);
        assertThat(past.columns().get("waiting")).containsOnly(7.0);
    }

    @Test
    void anHourLaterAMinuteHasOneRowAndItsRateIsStillTrue() {
        for (int second = 0; second <= 2 * 3_600; second += 10) {
            add(second, second / 10, second, 0);
        }

        List<Double> rates = history
                .past("q", HistoryRange.SIX_HOURS, START.plusSeconds(2 * 3_600))
                .columns()
                .getOrDefault("rateIn", List.of())
                .stream()
                .filter(Objects::nonNull)
                .toList();

        assertThat(rates)
                .hasSizeGreaterThan(100)
                .allSatisfy(rate -> assertThat(rate).isBetween(0.99, 1.01));
    }

    @Test
    void ofTooManyQueuesTheBusiestAreKept() {
        Map<String, Figures> queues = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            queues.put("q" + i, new Figures(i, 0, 0, i, 0));
        }

        history.add(START, queues);

        assertThat(history.past("q2999", HistoryRange.FIVE_MINUTES, START).at()).hasSize(1);
        assertThat(history.past("q1", HistoryRange.FIVE_MINUTES, START).at()).isEmpty();
    }

    private void add(int second, long waiting, long came, long left) {
        history.add(START.plusSeconds(second), Map.of("q", new Figures(waiting, 0, 0, came, left)));
    }
}

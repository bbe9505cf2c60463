package dev.holdfast.producer.generating;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.producer.market.DayRhythm;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    @Test
    void generatesTheRateExactlyWhateverTheTicks() {
        for (double rate : new double[] {0.1, 3, 20, 333.3, 5_000}) {
            var bucket = new TokenBucket(0);
            long total = 0;
            for (int tick = 1; tick <= 1_000; tick++) {
                int due = bucket.due(TimeUnit.MILLISECONDS.toNanos(tick * 20L), rate);
                bucket.generated(due);
                total += due;
            }
            assertThat((double) total).as("rate %s", rate).isBetween(rate * 20 - 1, rate * 20);
        }
    }

    @Test
    void restIsNotMadeUpFor() {
        var bucket = new TokenBucket(0);

        bucket.rest(TimeUnit.HOURS.toNanos(1));

        assertThat(bucket.due(TimeUnit.HOURS.toNanos(1) + TimeUnit.MILLISECONDS.toNanos(20), 100))
                .isEqualTo(2);
    }

    @Test
    void debtIsLimitedToOneSecond() {
        var bucket = new TokenBucket(0);

        assertThat(bucket.due(TimeUnit.MINUTES.toNanos(1), 100)).isEqualTo(100);
    }

    @Test
    void nightIsQuieterThanDayAndTheMeanIsTheRate() {
        var rhythm = new DayRhythm(0.2, Duration.ofHours(24));
        Instant midnight = Instant.parse("2026-11-24T00:00:00Z");

        double mean = 0;
        for (int hour = 0; hour < 24; hour++) {
            mean += rhythm.factor(midnight.plus(Duration.ofHours(hour))) / 24;
        }

        assertThat(rhythm.factor(midnight.plus(Duration.ofHours(15)))).isEqualTo(1.2);
        assertThat(rhythm.factor(midnight.plus(Duration.ofHours(3)))).isEqualTo(0.8);
        assertThat(mean).isBetween(0.999, 1.001);
    }
}

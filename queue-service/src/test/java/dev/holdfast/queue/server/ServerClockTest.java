package dev.holdfast.queue.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The server's time against a wall clock that somebody sets. */
class ServerClockTest {
    private static final Duration HOURS = Duration.ofHours(6);

    private Instant wall = Instant.parse("2026-03-29T00:30:00Z");

    /** Two clocks of a machine; the monotonic one counts from anywhere, here from just before its overflow. */
    private long nanos = Long.MAX_VALUE - 1_000;

    @Test
    void timeRunsWithTheMonotonicClockWhateverTheWallClockDoes() {
        ServerClock clock = clock(0);
        Instant start = clock.instant();

        pass(Duration.ofSeconds(10));
        wall = wall.plus(HOURS);
        pass(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(20));

        wall = wall.minus(HOURS.multipliedBy(3));
        pass(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(start.plusSeconds(30));
    }

    @Test
    void startWithAnEarlierWallClockGoesOnWhereTheDatabaseWas() {
        Instant lastKnown = wall.plus(HOURS);
        ServerClock clock = clock(lastKnown.toEpochMilli());

        assertThat(clock.instant()).isEqualTo(lastKnown);
        pass(Duration.ofSeconds(10));
        assertThat(clock.instant()).isEqualTo(lastKnown.plusSeconds(10));
        assertThat(clock.wallClockStep()).contains(HOURS.negated());
    }

    @Test
    void startWithALaterWallClockFollowsIt() {
        ServerClock clock = clock(wall.minus(HOURS).toEpochMilli());

        assertThat(clock.instant()).isEqualTo(wall);
        assertThat(clock.wallClockStep()).isEmpty();
    }

    @Test
    void everyStepIsReportedOnceAndSlowDriftIsNot() {
        ServerClock clock = clock(0);
        pass(Duration.ofSeconds(10));
        wall = wall.plusMillis(1_500);
        assertThat(clock.wallClockStep()).isEmpty();

        wall = wall.minusMillis(1_500).plus(HOURS);
        assertThat(clock.wallClockStep()).contains(HOURS);
        assertThat(clock.wallClockStep()).isEmpty();

        wall = wall.minus(HOURS);
        assertThat(clock.wallClockStep()).contains(HOURS.negated());
        assertThat(clock.wallClockLeadMillis()).isZero();
    }

    private ServerClock clock(long lastKnownMillis) {
        return new ServerClock(lastKnownMillis, () -> wall, () -> nanos);
    }

    private void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }
}

package dev.holdfast.queue.server;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The server's time: it starts at the wall clock, or at the last instant that the database knows if that is later, and
 * then runs with the monotonic clock. A wall clock that is set back or forward while the server runs neither delivers a
 * message twice nor expires one early. Thread-safe.
 */
public final class ServerClock implements InstantSource {
    /** What is reported: less is how finely a wall clock is kept in step, and how late a look at two clocks may be. */
    private static final Duration SMALLEST_STEP = Duration.ofSeconds(2);

    private final InstantSource wall;
    private final LongSupplier monotonicNanos;
    private final long startMillis;
    private final long startNanos;
    private long leadSeenMillis;

    /**
     * @param lastKnownMillis the latest instant that was ever written, in milliseconds since 1970
     */
    public ServerClock(long lastKnownMillis) {
        this(lastKnownMillis, InstantSource.system(), System::nanoTime);
    }

    ServerClock(long lastKnownMillis, InstantSource wall, LongSupplier monotonicNanos) {
        this.wall = wall;
        this.monotonicNanos = monotonicNanos;
        this.startMillis = Math.max(wall.millis(), lastKnownMillis);
        this.startNanos = monotonicNanos.getAsLong();
    }

    @Override
    public long millis() {
        return startMillis + (monotonicNanos.getAsLong() - startNanos) / 1_000_000;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    /** How far the wall clock is ahead of this one, in milliseconds; negative when it is behind. */
    public long wallClockLeadMillis() {
        return wall.millis() - millis();
    }

    /**
     * By how much the wall clock has stepped since this was last asked, negative for back; empty for less than two seconds.
     * The first answer is what the start found: a wall clock behind the last instant in the database.
     */
    synchronized Optional<Duration> wallClockStep() {
        long lead = wallClockLeadMillis();
        Duration step = Duration.ofMillis(lead - leadSeenMillis);
        if (step.abs().compareTo(SMALLEST_STEP) < 0) {
            return Optional.empty();
        }
        leadSeenMillis = lead;
        return Optional.of(step);
    }
}

package dev.holdfast.producer.sending;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What this process has measured of its sends. Thread-safe. */
public final class SendStatistics {
    private static final int LATENCIES_KEPT = 1_024;
    private static final int RATE_SECONDS = 10;

    private final InstantSource clock;
    private final long startedSecond;
    private final long[] latencyNanos = new long[LATENCIES_KEPT];
    private long latencies;
    /** Acknowledged by second, in a ring that holds the running second too. */
    private final long[] acknowledged = new long[RATE_SECONDS + 1];

    private final long[] second = new long[RATE_SECONDS + 1];
    private long errors;
    private int inFlight;
    private @Nullable Instant lastAcknowledgedAt;

    public SendStatistics(InstantSource clock) {
        this.clock = clock;
        this.startedSecond = clock.instant().getEpochSecond();
    }

    /** Percentiles in milliseconds, null without a sample; {@code perSecond} is the mean of the last ten whole seconds. */
    public record View(
            @Nullable Latency latency,
            double perSecond,
            long errors,
            int batchesInFlight,
            @Nullable Instant lastAcknowledgedAt) {}

    /** Milliseconds. */
    public record Latency(double p50, double p99, int samples) {}

    synchronized void began() {
        inFlight++;
    }

    synchronized void ended() {
        inFlight--;
    }

    synchronized void failed(int count) {
        errors += count;
    }

    synchronized void acknowledged(int count, Duration took) {
        latencyNanos[(int) (latencies++ % LATENCIES_KEPT)] = took.toNanos();
        Instant now = clock.instant();
        int slot = slot(now.getEpochSecond());
        acknowledged[slot] += count;
        lastAcknowledgedAt = now;
    }

    private int slot(long epochSecond) {
        int slot = (int) (epochSecond % acknowledged.length);
        if (second[slot] != epochSecond) {
            second[slot] = epochSecond;
            acknowledged[slot] = 0;
        }
        return slot;
    }

    public synchronized View view() {
        return new View(latency(), perSecond(), errors, inFlight, lastAcknowledgedAt);
    }

    private @Nullable Latency latency() {
        int samples = (int) Math.min(latencies, LATENCIES_KEPT);
        if (samples == 0) {
            return null;
        }
        long[] sorted = Arrays.copyOf(latencyNanos, samples);
        Arrays.sort(sorted);
        return new Latency(millis(sorted, 0.50), millis(sorted, 0.99), samples);
    }

    private static double millis(long[] sorted, double part) {
        int rank = Math.max(0, (int) Math.ceil(part * sorted.length) - 1);
        return Math.round(sorted[rank] / 10_000.0) / 100.0;
    }

    private double perSecond() {
        long now = clock.instant().getEpochSecond();
        long seconds = Math.clamp(now - startedSecond, 1, RATE_SECONDS);
        long sum = 0;
        for (int slot = 0; slot < acknowledged.length; slot++) {
            if (second[slot] < now && second[slot] >= now - seconds) {
                sum += acknowledged[slot];
            }
        }
        return (double) sum / seconds;
    }
}

package dev.holdfast.producer.market;

import java.time.Duration;
import java.time.Instant;

/**
 * Day and night: a factor on the rate with mean 1, highest at 15:00 UTC of a real day, lowest twelve
 * hours before.
 */
public record DayRhythm(double amplitude, Duration dayLength) {
    private static final double LIVELIEST_PART_OF_DAY = 15 / 24.0;

    public double factor(Instant now) {
        double partOfDay = (double) (now.toEpochMilli() % dayLength.toMillis()) / dayLength.toMillis();
        return 1 + amplitude * Math.cos(2 * Math.PI * (partOfDay - LIVELIEST_PART_OF_DAY));
    }
}

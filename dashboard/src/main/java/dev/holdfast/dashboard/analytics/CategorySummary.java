package dev.holdfast.dashboard.analytics;

import org.jspecify.annotations.Nullable;

/** One category over all time. Prices in minor units of the currency, changes as ratios (0.05 is 5 % up). */
public record CategorySummary(
        String category,
        String currency,
        long products,
        long count,
        double meanMinor,
        long minMinor,
        long maxMinor,
        double spreadMinor,
        @Nullable Double change5Minutes,
        @Nullable Double changeHour,
        @Nullable Double changeSinceFirst) {}

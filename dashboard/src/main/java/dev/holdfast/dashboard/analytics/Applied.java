package dev.holdfast.dashboard.analytics;

import org.jspecify.annotations.Nullable;

/**
 * What the consumer's database holds of one producer.
 *
 * @param total identities applied
 * @param through of them, those with a sequence up to the one asked for; null where that cannot be told
 */
public record Applied(long total, @Nullable Long through) {}

package dev.holdfast.dashboard.sampling;

import org.jspecify.annotations.Nullable;

/** The consumer process that has controls, as last heard; {@code contact} says whether that is now. */
public record ConsumerReading(Contact contact, @Nullable ConsumerStatus status) {}

package dev.holdfast.dashboard.sampling;

import org.jspecify.annotations.Nullable;

/** The producer as last heard; {@code contact} says whether that is now. */
public record ProducerReading(Contact contact, @Nullable ProducerStatus status) {}

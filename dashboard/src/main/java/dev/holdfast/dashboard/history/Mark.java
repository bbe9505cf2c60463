package dev.holdfast.dashboard.history;

import java.time.Instant;

/** Something that happened and explains the curves: a stop, a crash, a new rate. */
public record Mark(Instant at, String subject, String label) {}

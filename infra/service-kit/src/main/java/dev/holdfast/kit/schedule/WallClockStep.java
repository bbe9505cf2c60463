package dev.holdfast.kit.schedule;

import java.time.Duration;

/** The wall clock was set while the process ran: by so much, negative for back. */
public record WallClockStep(Duration by) {}

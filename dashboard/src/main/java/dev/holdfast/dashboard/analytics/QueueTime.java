package dev.holdfast.dashboard.analytics;

/** How long the events applied last had been in the queue, from the send to the commit. */
public record QueueTime(double p50Millis, double p99Millis) {}

package dev.holdfast.endtoend.pipeline;

/** What was sent, whatever became of it: the same across resends and redeliveries. */
public record Identity(String producerId, long sequence) {}

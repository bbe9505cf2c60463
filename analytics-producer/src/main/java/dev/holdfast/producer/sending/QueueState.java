package dev.holdfast.producer.sending;

/** What the last call to the queue said. */
public enum QueueState {
    CONNECTING,
    REACHABLE,
    MISSING,
    UNREACHABLE
}

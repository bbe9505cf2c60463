package dev.holdfast.producer.outbox;

/** The outbox cannot be opened; the message is one line that says why and what to do. */
public final class OutboxUnusable extends Exception {
    OutboxUnusable(String message) {
        super(message, null, false, false);
    }
}

package dev.holdfast.queue.store.sqlite;

/** The database file cannot be served; the message is for the operator and says what to do. */
public final class DatabaseUnusable extends RuntimeException {
    DatabaseUnusable(String message) {
        super(message);
    }
}

package dev.holdfast.queue.store.sqlite;

import dev.holdfast.kit.start.StartRefusedException;

/** The database file cannot be served; the message is for the operator and says what to do. */
public final class DatabaseUnusable extends StartRefusedException {
    DatabaseUnusable(String message) {
        super(message);
    }
}

package dev.holdfast.producer;

/** The producer cannot start; the message is one line that says why and what to do. */
final class StartFailure extends Exception {
    StartFailure(String message) {
        super(message, null, false, false);
    }
}

package dev.holdfast.consumer;

/** The process cannot start as it is configured; the text is one line that says why and what to do. */
final class CannotStartException extends RuntimeException {
    CannotStartException(String text) {
        super(text, null, false, false);
    }
}

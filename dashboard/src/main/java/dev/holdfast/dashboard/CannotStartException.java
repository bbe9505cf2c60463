package dev.holdfast.dashboard;

/** The settings do not allow a start; the message says to a person what to change. */
public final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStartException(String message) {
        super(message, null, false, false);
    }
}

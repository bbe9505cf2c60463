package dev.holdfast.consumer.event;

/** A message that is no valid price event; the text says what is wrong with it, at most 500 characters. */
public final class RefusedEventException extends Exception {
    private static final int MAX_REASON_LENGTH = 500;

    public RefusedEventException(String reason) {
        super(
                reason.length() <= MAX_REASON_LENGTH ? reason : reason.substring(0, MAX_REASON_LENGTH),
                null,
                false,
                false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}

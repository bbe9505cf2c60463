package dev.holdfast.consumer.verify;

/** Something cannot be known now; the text says why. */
final class UnknownException extends Exception {
    UnknownException(String text) {
        super(text);
    }
}

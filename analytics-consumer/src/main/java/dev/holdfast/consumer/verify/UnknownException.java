package dev.holdfast.consumer.verify;

import java.io.IOException;

/** Something cannot be known now; the text says why. */
final class UnknownException extends IOException {
    UnknownException(String text) {
        super(text);
    }
}

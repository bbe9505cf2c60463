package dev.holdfast.consumer.control;

import org.jspecify.annotations.Nullable;

/** A request that cannot be served; the text says why and what to do. */
public final class ProblemException extends RuntimeException {
    private final int status;
    private final @Nullable String field;

    /** The field is the member at fault, where it is one. */
    ProblemException(int status, @Nullable String field, String text) {
        super(text, null, false, false);
        this.status = status;
        this.field = field;
    }

    int status() {
        return status;
    }

    @Nullable String field() {
        return field;
    }
}

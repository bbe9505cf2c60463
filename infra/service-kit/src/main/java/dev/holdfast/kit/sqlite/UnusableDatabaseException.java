package dev.holdfast.kit.sqlite;

import dev.holdfast.kit.start.StartRefusedException;

/** The file cannot serve as this database; the text is one line that says why and what to do. The file is as it was. */
public final class UnusableDatabaseException extends StartRefusedException {
    private static final long serialVersionUID = 1L;

    public UnusableDatabaseException(String text) {
        super(text);
    }
}

package dev.holdfast.consumer.database;

/** The file cannot serve as this database; the text is one line that says why and what to do. The file is as it was. */
public final class UnusableDatabaseException extends Exception {
    UnusableDatabaseException(String text) {
        super(text);
    }
}

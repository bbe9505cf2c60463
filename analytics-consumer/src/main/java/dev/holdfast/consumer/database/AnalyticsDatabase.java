package dev.holdfast.consumer.database;

import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.DatabaseKind;
import java.nio.file.Path;

/** The database of aggregates and of the identities they were computed from. Its schema is in {@code db/1.sql}. */
public final class AnalyticsDatabase {
    /** "HFAC" marks the file as a consumer's. A commit whose messages are then deleted from the queue must survive a power cut. */
    private static final DatabaseKind KIND =
            new DatabaseKind("a consumer's database", 0x48464143, "/db", 1, "consumer.database");

    private AnalyticsDatabase() {}

    /** Opens it for the consumer, and makes it where it is missing. */
    public static Database open(Path file) {
        return Database.open(file, KIND);
    }

    /** Opens it for a look beside a running consumer. */
    public static Database openReadOnly(Path file) {
        return Database.openReadOnly(file, KIND);
    }
}

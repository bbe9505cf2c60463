package dev.holdfast.proof;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads of the consumer's database. */
public interface ConsumerReads {
    /** A read of one snapshot. */
    @FunctionalInterface
    interface Read<T> {
        T from(Connection connection) throws SQLException;
    }

    /**
     * Runs one read in one snapshot.
     *
     * @throws IOException when there is no such database, or it cannot be read; the message is for people
     */
    <T> T read(Read<T> read) throws IOException;
}

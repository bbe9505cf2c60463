package dev.holdfast.dashboard.analytics;

import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.kit.sqlite.Connections;
import dev.holdfast.proof.ConsumerReads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The consumer's SQLite file, opened read-only, so that its results are visible whether or not a consumer runs. One
 * connection under this object's lock; each read is one snapshot and short, because a long one would keep the
 * consumer's log from being reset.
 */
@ApplicationScoped
public class ConsumerDatabase implements ConsumerReads {
    private static final Duration BUSY_PATIENCE = Duration.ofMillis(200);

    private final Path file;
    private @Nullable Connection connection;
    private @Nullable Object identity;

    ConsumerDatabase(PipelineConfig config) {
        this.file = config.consumerDatabase().toAbsolutePath().normalize();
    }

    /**
     * Runs one read in one snapshot.
     *
     * @throws IOException when there is no such file, or it is not (yet) a consumer's database; the message is for people
     */
    @Override
    public synchronized <T> T read(Read<T> read) throws IOException {
        try {
            Connection open = open();
            open.setAutoCommit(false);
            try {
                return read.from(open);
            } finally {
                open.rollback();
            }
        } catch (SQLException e) {
            close();
            throw new IOException(
                    e.getMessage() != null && e.getMessage().contains("no such table")
                            ? "the consumer has not prepared its database yet"
                            : "the database cannot be read: " + e.getMessage(),
                    e);
        }
    }

    /** Opens anew when the file was replaced: a reset deletes it while we hold the old one. */
    private Connection open() throws IOException, SQLException {
        Object now;
        try {
            now = Objects.requireNonNullElse(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey(), file);
        } catch (IOException e) {
            close();
            throw new IOException("the consumer has written no database yet", e);
        }
        if (connection != null && !now.equals(identity)) {
            close();
        }
        if (connection == null) {
            connection = Connections.readOnly(file, BUSY_PATIENCE);
            identity = now;
        }
        return connection;
    }

    @PreDestroy
    synchronized void close() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // A read-only connection has nothing left to lose; the next read opens another.
        }
        connection = null;
    }
}

package dev.holdfast.endtoend.pipeline;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** The producer's own record of what the queue has acknowledged, read from its file. */
public final class Outbox {
    private final Database database;

    public Outbox(Path file) {
        this.database = new Database(file);
    }

    public long unsent() {
        return database.number("select count(*) from outbox");
    }

    public long acknowledgedCount() {
        return database.number("select generated - (select count(*) from outbox) from producer");
    }

    /** Everything that was given a sequence and waits no longer. */
    public Set<Identity> acknowledged() {
        return database.read(tx -> {
            String producerId = tx.rows("select producer_id from producer", row -> row.getString(1))
                    .getFirst();
            long generated = tx.rows("select generated from producer", row -> row.getLong(1))
                    .getFirst();
            List<Long> waiting = tx.rows("select sequence from outbox", row -> row.getLong(1));
            Set<Identity> acknowledged = new HashSet<>();
            LongStream.rangeClosed(1, generated)
                    .forEach(sequence -> acknowledged.add(new Identity(producerId, sequence)));
            waiting.forEach(sequence -> acknowledged.remove(new Identity(producerId, sequence)));
            return acknowledged;
        });
    }
}

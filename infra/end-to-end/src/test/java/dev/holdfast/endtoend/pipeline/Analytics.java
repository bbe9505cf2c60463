package dev.holdfast.endtoend.pipeline;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** The consumer's database, read from its file. */
public final class Analytics {
    private final Database database;

    public Analytics(Path file) {
        this.database = new Database(file);
    }

    public Set<Identity> applied() {
        return database.read(tx -> {
            Set<Identity> applied = new HashSet<>(tx.rows(
                    "select producer_id, sequence from processed_event join producer using (producer_no)",
                    row -> new Identity(row.getString(1), row.getLong(2))));
            tx.rows(
                            "select producer_id, first_sequence, last_sequence from processed_range join producer using (producer_no)",
                            row -> identities(row.getString(1), row.getLong(2), row.getLong(3)))
                    .forEach(applied::addAll);
            return applied;
        });
    }

    /** How often an event was counted in the aggregates of all products. */
    public long counted() {
        return database.number(
                "select coalesce(sum(event_count), 0) from aggregate join subject using (subject_no) where kind = 'product' and span = 'all'");
    }

    /** A session as a dashboard is to show it. Times are Unix milliseconds; the end is 0 while it runs. */
    public record Session(String consumer, String state, int port, long heartbeatAt, long endedAt, long applied) {}

    public List<Session> sessions() {
        return database.read(tx -> tx.rows(
                "select consumer, state, port, heartbeat_at, coalesce(ended_at, 0), applied from consumer_session order by session_no",
                row -> new Session(
                        row.getString(1),
                        row.getString(2),
                        row.getInt(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6))));
    }

    /** When the consumer crashed, as charts mark it: Unix milliseconds. */
    public List<Long> crashesOf(String consumer) {
        return database.read(tx -> tx.rows(
                "select at from consumer_mark where kind = 'crash' and consumer = '" + consumer + "' order by at",
                row -> row.getLong(1)));
    }

    /** Takes an applied event away, as a defect would that this file must not have. */
    public void lose(Identity identity) {
        database.change("delete from processed_event where sequence = " + identity.sequence()
                + " and producer_no = (select producer_no from producer where producer_id = '" + identity.producerId()
                + "')");
    }

    public long duplicatesAbsorbed() {
        return database.number("select duplicates_absorbed from progress");
    }

    private static Set<Identity> identities(String producerId, long first, long last) {
        Set<Identity> identities = new HashSet<>();
        LongStream.rangeClosed(first, last).forEach(sequence -> identities.add(new Identity(producerId, sequence)));
        return identities;
    }
}

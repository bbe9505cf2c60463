package dev.holdfast.consumer;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.holdfast.consumer.apply.AppliedCounts;
import dev.holdfast.consumer.apply.Pace;
import dev.holdfast.consumer.config.ConsumerConfig;
import dev.holdfast.consumer.queue.PriceQueue;
import dev.holdfast.consumer.queue.Reachability;
import dev.holdfast.consumer.queue.Reachability.LastError;
import dev.holdfast.consumer.queue.Receivers;
import dev.holdfast.consumer.session.ConsumerState;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The answer of {@code GET /api/status}; {@code infra/contract/consumer-status.schema.json} says what each member means. */
public record Status(
        String name,
        String state,
        @JsonFormat(pattern = TIME, timezone = "UTC") Instant since,
        @JsonFormat(pattern = TIME, timezone = "UTC") Instant startedAt,
        long sessionNo,
        long pid,
        long applied,
        long duplicatesAbsorbed,
        long failures,
        Counts session,

        @JsonFormat(pattern = TIME, timezone = "UTC") @Nullable Instant lastCommitAt,

        @JsonFormat(pattern = TIME, timezone = "UTC") @Nullable Instant computedUpTo,

        double appliedRate,
        int inHand,
        String queue,
        boolean queueReachable,
        @JsonFormat(pattern = TIME, timezone = "UTC") Instant queueReachableSince,
        @Nullable String lastError,

        @JsonFormat(pattern = TIME, timezone = "UTC") @Nullable Instant lastErrorAt,

        int receivers,
        long receives,
        long emptyReceives,
        int slowMillis,
        boolean extendVisibility,
        @Nullable Integer visibilityTimeoutSeconds,
        boolean faults,
        String databaseFile,
        long databaseBytes,
        long keptEvents,

        @JsonFormat(pattern = TIME, timezone = "UTC") @Nullable Instant keptFrom,

        List<Producer> producers) {

    /** RFC 3339 with milliseconds; {@code Instant.toString} leaves them out where they are zero. */
    private static final String TIME = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'";

    /** Producers come and go with their outboxes; the status names the newest. */
    private static final int MAX_PRODUCERS = 100;

    /** What this run of this consumer did. */
    public record Counts(long applied, long duplicatesAbsorbed, long failures) {}

    /** What was applied of one producer. */
    public record Producer(String producerId, long applied, long duplicatesAbsorbed, long highestSequence) {}

    /** What only the consumer itself knows. */
    record Session(
            ConsumerConfig config,
            long sessionNo,
            Instant startedAt,
            ConsumerState state,
            Instant since,
            AppliedCounts applied,
            double appliedRate) {}

    private record Progress(
            long applied,
            long duplicatesAbsorbed,
            long failures,
            @Nullable Instant computedUpTo,
            @Nullable Instant lastCommitAt,
            long keptEvents,
            @Nullable Instant keptFrom) {}

    private record Stored(Progress progress, List<Producer> producers) {}

    static Status of(
            Session session,
            PriceQueue queue,
            Reachability reachability,
            Receivers receivers,
            Pace pace,
            Database database) {
        // Both in one snapshot, so that the producers' counts add up to the total.
        Stored stored = database.read(tx -> new Stored(progress(tx), producers(tx)));
        Progress progress = stored.progress;
        Reachability.Now reachable = reachability.now();
        LastError lastError = reachability.lastError();
        OptionalInt visibilityTimeout = queue.visibilityTimeoutSeconds();
        return new Status(
                session.config.name(),
                session.state.column(),
                session.since,
                session.startedAt,
                session.sessionNo,
                ProcessHandle.current().pid(),
                progress.applied,
                progress.duplicatesAbsorbed,
                progress.failures,
                new Counts(session.applied.events(), session.applied.duplicates(), session.applied.failures()),
                progress.lastCommitAt,
                progress.computedUpTo,
                Math.round(session.appliedRate * 10) / 10.0,
                receivers.inHand(),
                queue.name(),
                reachable.state() == Reachability.State.REACHABLE,
                reachable.since(),
                lastError == null ? null : lastError.text(),
                lastError == null ? null : lastError.at(),
                receivers.count(),
                receivers.receives(),
                receivers.emptyReceives(),
                pace.slowMillis(),
                receivers.extendsVisibility(),
                visibilityTimeout.isPresent() ? visibilityTimeout.getAsInt() : null,
                session.config.faults(),
                database.file().toAbsolutePath().toString(),
                database.sizeBytes(),
                progress.keptEvents,
                progress.keptFrom,
                stored.producers);
    }

    private static Progress progress(Tx tx) throws SQLException {
        return tx.one(
                        """
                        select applied, duplicates_absorbed, failures, computed_up_to, last_commit_at,
                               kept_events, nullif(kept_from, 0) as kept_from
                          from progress
                        """,
                        row -> new Progress(
                                row.getLong("applied"),
                                row.getLong("duplicates_absorbed"),
                                row.getLong("failures"),
                                instant(row, "computed_up_to"),
                                instant(row, "last_commit_at"),
                                row.getLong("kept_events"),
                                instant(row, "kept_from")))
                .orElseThrow();
    }

    private static List<Producer> producers(Tx tx) throws SQLException {
        return tx.all(
                """
                select producer_id, applied, duplicates_absorbed, highest_sequence
                  from producer
                 order by producer_no desc
                 limit ?
                """,
                row -> new Producer(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                MAX_PRODUCERS);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = Tx.longOrNull(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}

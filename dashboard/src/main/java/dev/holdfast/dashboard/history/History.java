package dev.holdfast.dashboard.history;

import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.DatabaseKind;
import dev.holdfast.kit.sqlite.DatabaseKind.Durability;
import dev.holdfast.kit.sqlite.Tx;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The charts' memory in a small SQLite file of the dashboard's own: a point a second for an hour, a point a minute
 * for 24 hours, and the marks. A write is a fraction of a millisecond, because a lost last second of a chart needs no
 * fsync. Thread-safe.
 */
@Startup
@ApplicationScoped
public class History {
    public static final Duration SECONDS_KEPT = Duration.ofHours(1);
    public static final Duration MINUTES_KEPT = Duration.ofHours(24);

    /** "HFhi" marks the file; earlier versions did not. */
    private static final DatabaseKind KIND = new DatabaseKind(
            "the dashboard's history", 0x48466869, "/db", 2, "HOLDFAST_DATA_DIR", Durability.PROCESS_END, true);

    private static final String COLUMNS = """
            at, waiting, delayed, in_flight, dead_letters, oldest_age, rate_in, rate_out,
            queue_p50, queue_p99, send_p50, send_p99, send_errors""";

    /** More than a lane of signs under a chart can tell apart. */
    private static final int MARKS_AT_MOST = 400;

    private final Database database;
    private final String mainQueue;
    private volatile @Nullable Long deletedByHand;

    @Inject
    History(PipelineConfig config) {
        this(config.dataDir(), config.queue());
    }

    History(Path folder, String mainQueue) {
        this.mainQueue = mainQueue;
        this.database = Database.open(folder.resolve("history.db"), KIND);
    }

    /** Keeps one second, and folds the minute before it when it begins a new one. */
    public void add(HistoryPoint point) {
        database.write(tx -> {
            insert(tx, point);
            if (point.at() % 60 == 0) {
                foldMinute(tx, point.at() - 60);
            }
            return tx.update("delete from second where at < ?", point.at() - SECONDS_KEPT.toSeconds());
        });
    }

    /** Keeps a mark; the same mark twice is one. */
    public void mark(Mark mark) {
        database.write(tx -> tx.update(
                "insert or ignore into mark (at, subject, label) values (?, ?, ?)",
                mark.at().toEpochMilli(),
                mark.subject(),
                mark.label()));
    }

    /** Takes a mark back that turned out to be another; one that is not there is no error. */
    public void forget(Mark mark) {
        database.write(tx -> tx.update(
                "delete from mark where at = ? and subject = ? and label = ?",
                mark.at().toEpochMilli(),
                mark.subject(),
                mark.label()));
    }

    /** The points since {@code from}, oldest first: of a second each, or of a minute each. */
    public List<HistoryPoint> points(Instant from, boolean minutes) {
        String table = minutes ? "minute" : "second";
        return database.read(tx -> tx.all(
                "select " + COLUMNS + " from " + table + " where at >= ? order by at",
                History::point,
                from.getEpochSecond()));
    }

    /** A range in buckets, up to now. */
    public Past past(HistoryRange range, Instant now) {
        Instant from = now.minus(range.length());
        List<Long> at = new ArrayList<>();
        Map<String, List<@Nullable Double>> columns = new LinkedHashMap<>();
        HistoryColumns.names().forEach(name -> columns.put(name, new ArrayList<>()));
        String buckets = "select at / " + range.stepSeconds() + " * " + range.stepSeconds() + ", "
                + HistoryColumns.select(range.isOfMinutes()) + " from " + (range.isOfMinutes() ? "minute" : "second")
                + " where at >= ? group by 1 order by 1";
        database.read(tx -> tx.all(
                buckets,
                row -> {
                    for (var column : columns.entrySet()) {
                        column.getValue().add(Tx.doubleOrNull(row, column.getKey()));
                    }
                    return at.add(row.getLong(1));
                },
                from.getEpochSecond()));
        return new Past(range.stepSeconds(), at, columns, marks(from, MARKS_AT_MOST));
    }

    /** The last {@code limit} marks since {@code from}, oldest first. */
    public List<Mark> marks(Instant from, int limit) {
        return database.read(tx -> tx.all(
                """
                select at, subject, label from (
                  select at, subject, label from mark where at >= ? order by at desc limit ?)
                order by at
                """,
                row -> new Mark(Instant.ofEpochMilli(row.getLong(1)), row.getString(2), row.getString(3)),
                from.toEpochMilli(),
                limit));
    }

    /** Remembers that a person deleted this message: the proof counts it as left, not as lost. */
    public void deletedByHand(String queue, String messageId) {
        database.write(tx ->
                tx.update("insert or ignore into deleted_by_hand (queue, message_id) values (?, ?)", queue, messageId));
        deletedByHand = null;
    }

    /** Messages a person deleted from the pipeline's main queue in the console. */
    public long deletedByHand() {
        Long known = deletedByHand;
        if (known == null) {
            known = database.<Long>read(tx -> tx.one(
                            "select count(*) from deleted_by_hand where queue = ?", row -> row.getLong(1), mainQueue)
                    .orElseThrow());
            deletedByHand = known;
        }
        return known;
    }

    private static void insert(Tx tx, HistoryPoint p) throws SQLException {
        tx.update(
                "insert or replace into second (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                p.at(),
                p.waiting(),
                p.delayed(),
                p.inFlight(),
                p.deadLetters(),
                p.oldestAgeSeconds(),
                p.rateIn(),
                p.rateOut(),
                p.queueP50Millis(),
                p.queueP99Millis(),
                p.sendP50Millis(),
                p.sendP99Millis(),
                p.sendErrors());
    }

    /** Peaks are kept for depths and latencies, the mean for rates, the sum for errors. */
    private static void foldMinute(Tx tx, long from) throws SQLException {
        tx.update("insert or replace into minute (" + COLUMNS + """
                , waiting_low, rate_in_low, rate_in_high, rate_out_low, rate_out_high)
                select ?, max(waiting), max(delayed), max(in_flight), max(dead_letters), max(oldest_age),
                       avg(rate_in), avg(rate_out), avg(queue_p50), max(queue_p99),
                       avg(send_p50), max(send_p99), sum(send_errors),
                       min(waiting), min(rate_in), max(rate_in), min(rate_out), max(rate_out)
                from second
                where at >= ? and at < ?
                having count(*) > 0""", from, from, from + 60);
        long oldest = from - MINUTES_KEPT.toSeconds();
        tx.update("delete from minute where at < ?", oldest);
        tx.update("delete from mark where at < ?", oldest * 1000);
    }

    private static HistoryPoint point(ResultSet row) throws SQLException {
        return new HistoryPoint(
                row.getLong("at"),
                Tx.doubleOrNull(row, "waiting"),
                Tx.doubleOrNull(row, "delayed"),
                Tx.doubleOrNull(row, "in_flight"),
                Tx.doubleOrNull(row, "dead_letters"),
                Tx.doubleOrNull(row, "oldest_age"),
                Tx.doubleOrNull(row, "rate_in"),
                Tx.doubleOrNull(row, "rate_out"),
                Tx.doubleOrNull(row, "queue_p50"),
                Tx.doubleOrNull(row, "queue_p99"),
                Tx.doubleOrNull(row, "send_p50"),
                Tx.doubleOrNull(row, "send_p99"),
                Tx.doubleOrNull(row, "send_errors"));
    }

    @PreDestroy
    void close() {
        database.close();
    }
}

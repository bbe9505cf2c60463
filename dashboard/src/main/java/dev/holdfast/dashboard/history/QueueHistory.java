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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Depth and rates of every queue for 24 hours, in a SQLite file of the dashboard's own. A queue gets a row only when its
 * figures have changed since its last, so that idle queues cost nothing, and of minutes older than an hour the last row
 * stays. Thread-safe.
 */
@Startup
@ApplicationScoped
public class QueueHistory {
    public static final Duration KEPT = Duration.ofHours(24);
    private static final Duration KEPT_WHOLE = Duration.ofHours(1);

    /** In one look; with that the file has at most 1.8 million rows, about 100 MB. Of more queues the busiest get one. */
    private static final int ROWS_AT_MOST = 1_000;

    private static final long MINUTE = 60;

    /** "HFqh". */
    private static final DatabaseKind KIND = new DatabaseKind(
            "the dashboard's history of queues",
            0x48467168,
            "/db-queues",
            1,
            "HOLDFAST_DATA_DIR",
            Durability.PROCESS_END,
            false);

    private final Database database;

    /** The last row of each queue; guarded by this. */
    private final Map<String, Figures> last = new HashMap<>();

    /**
     * A queue at one moment.
     *
     * @param came messages that ever came, sent or moved in
     * @param left messages that ever left, by whatever door
     */
    public record Figures(long waiting, long inFlight, long delayed, long came, long left) {
        private long movedSince(@Nullable Figures before) {
            return before == null ? came : Math.abs(came - before.came) + Math.abs(left - before.left);
        }
    }

    @Inject
    QueueHistory(PipelineConfig config) {
        this(config.dataDir());
    }

    QueueHistory(Path folder) {
        this.database = Database.open(folder.resolve("queues.db"), KIND);
        database.read(tx -> {
            tx.each("""
                    select name, waiting, in_flight, delayed, came, "left", max(at)
                    from depth join queue using (queue)
                    group by queue""", row -> last.put(row.getString(1), figures(row, 2)));
            return last.size();
        });
    }

    /** Keeps what a look at all queues has found. */
    public synchronized void add(Instant at, Map<String, Figures> queues) {
        long second = at.getEpochSecond();
        List<Map.Entry<String, Figures>> changed = queues.entrySet().stream()
                .filter(queue -> !queue.getValue().equals(last.get(queue.getKey())))
                .sorted((a, b) -> Long.compare(
                        b.getValue().movedSince(last.get(b.getKey())),
                        a.getValue().movedSince(last.get(a.getKey()))))
                .limit(ROWS_AT_MOST)
                .toList();
        database.write(tx -> {
            long before = tx.<Long>one("select coalesce(max(at), 0) from look", row -> row.getLong(1))
                    .orElseThrow();
            tx.update("insert or ignore into look (at) values (?)", second);
            for (Map.Entry<String, Figures> queue : changed) {
                insert(tx, queue.getKey(), second, queue.getValue());
            }
            if (before / MINUTE != second / MINUTE) {
                fold(tx, second);
            }
            return changed.size();
        });
        changed.forEach(queue -> last.put(queue.getKey(), queue.getValue()));
    }

    private static void insert(Tx tx, String name, long at, Figures f) throws SQLException {
        tx.update("insert or ignore into queue (name) values (?)", name);
        tx.update("""
                insert or replace into depth (queue, at, waiting, in_flight, delayed, came, "left")
                select queue, ?, ?, ?, ?, ?, ? from queue where name = ?""", at, f.waiting(), f.inFlight(), f.delayed(), f.came(), f.left(), name);
    }

    /** What is too old goes; but a queue's last row before that says how it stood then, and stays. */
    private static void fold(Tx tx, long now) throws SQLException {
        long whole = now - KEPT_WHOLE.toSeconds();
        long oldest = now - KEPT.toSeconds();
        tx.update("""
                delete from depth as d
                where at between ? and ?
                  and exists (select 1 from depth later
                    where later.queue = d.queue and later.at > d.at and later.at / 60 = d.at / 60)""", whole - 2 * MINUTE, whole);
        tx.update("""
                delete from depth as d
                where at < ?
                  and exists (select 1 from depth later
                    where later.queue = d.queue and later.at > d.at and later.at <= ?)""", oldest, oldest);
        tx.update("delete from look where at < ?", oldest);
    }

    /** A range of a queue's history in buckets, up to now. Where no look was made there is a gap. */
    public Past past(String name, HistoryRange range, Instant now) {
        return database.read(tx -> {
            QueueBuckets buckets = new QueueBuckets(range);
            long from = buckets.start(now);
            Long queue = tx.one("select queue from queue where name = ?", row -> row.getLong(1), name)
                    .orElse(null);
            if (queue == null) {
                return buckets.past();
            }
            tx.one("""
                            select at, waiting, in_flight, delayed, came, "left"
                            from depth
                            where queue = ? and at < ?
                            order by at desc limit 1""", row -> figures(row, 2), queue, from).ifPresent(buckets::begin);
            tx.each(
                    """
                    select l.at, d.waiting, d.in_flight, d.delayed, d.came, d."left", d.at as changed
                    from look l left join depth d on d.queue = ? and d.at = l.at
                    where l.at >= ?
                    order by l.at""",
                    row -> buckets.add(row.getLong(1), Tx.longOrNull(row, "changed") == null ? null : figures(row, 2)),
                    queue,
                    from);
            return buckets.past();
        });
    }

    private static Figures figures(ResultSet row, int column) throws SQLException {
        return new Figures(
                row.getLong(column),
                row.getLong(column + 1),
                row.getLong(column + 2),
                row.getLong(column + 3),
                row.getLong(column + 4));
    }

    @PreDestroy
    void close() {
        database.close();
    }
}

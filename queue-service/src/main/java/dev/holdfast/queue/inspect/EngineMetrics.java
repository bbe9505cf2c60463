package dev.holdfast.queue.inspect;

import dev.holdfast.queue.commit.CommitStatistics;
import dev.holdfast.queue.engine.Engine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What the engine itself does: commits, waiting writes, waiting consumers, the size of the log. */
@Singleton
class EngineMetrics implements MeterBinder {
    private final Engine engine;

    EngineMetrics(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        CommitStatistics commits = engine.groupCommit().statistics();
        FunctionCounter.builder("holdfast.commits", commits, CommitStatistics::commits)
                .description("Transactions that were written and synced.")
                .register(registry);
        FunctionCounter.builder("holdfast.writes", commits, CommitStatistics::writes)
                .description("Requests that those transactions held; divided by the commits, the batch size.")
                .register(registry);
        FunctionCounter.builder("holdfast.writes.refused", commits, CommitStatistics::refusals)
                .description("Requests refused because too many waited for the disk.")
                .register(registry);
        TimeGauge.builder("holdfast.commit.time", () -> commits.commitNanos(), TimeUnit.NANOSECONDS)
                .description("Time spent in COMMIT since the start, most of it fsync.")
                .register(registry);
        Gauge.builder("holdfast.writes.waiting", engine.groupCommit(), groupCommit -> groupCommit.waitingWrites())
                .description("Requests that wait for the next transaction.")
                .register(registry);
        Gauge.builder("holdfast.waiters", engine.messages(), messages -> messages.waiters())
                .description("Long polls that wait for a message.")
                .register(registry);
        Gauge.builder(
                        "holdfast.disk.free.bytes",
                        engine.database().diskSpace(),
                        disk -> disk.view().freeBytes())
                .baseUnit("bytes")
                .description("Space left on the disk of the database.")
                .register(registry);
        Gauge.builder("holdfast.disk.short", engine.database().diskSpace(), disk -> disk.isShort() ? 1 : 0)
                .description("1 while sends are refused for lack of space.")
                .register(registry);
        Gauge.builder("holdfast.wal.bytes", engine.database().walFile(), EngineMetrics::size)
                .baseUnit("bytes")
                .description("Size of the write-ahead log.")
                .register(registry);
        Gauge.builder("holdfast.database.bytes", engine.database().file(), EngineMetrics::size)
                .baseUnit("bytes")
                .description("Size of the database file.")
                .register(registry);
    }

    private static double size(Path file) {
        return file.toFile().length();
    }
}

package dev.holdfast.queue.commit;

import java.util.concurrent.atomic.LongAdder;

/** What the group commit has done since the start. Written on any thread, read on any thread. */
public final class CommitStatistics {
    private final LongAdder commits = new LongAdder();
    private final LongAdder writes = new LongAdder();
    private final LongAdder commitNanos = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void committed(int batchSize, long nanos) {
        commits.increment();
        writes.add(batchSize);
        commitNanos.add(nanos);
    }

    void refused() {
        refused.increment();
    }

    public long commits() {
        return commits.sum();
    }

    public long writes() {
        return writes.sum();
    }

    /** Time spent in COMMIT, most of it fsync. */
    public long commitNanos() {
        return commitNanos.sum();
    }

    /** Writes refused because too many waited. */
    public long refusals() {
        return refused.sum();
    }
}

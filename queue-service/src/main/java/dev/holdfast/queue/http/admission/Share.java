package dev.holdfast.queue.http.admission;

import java.util.concurrent.atomic.AtomicLong;

/** What one request has taken of a {@link Budget}. Thread-safe: the connection may break while the writer thread takes more. */
public final class Share {
    private final Budget budget;
    private final AtomicLong bytes = new AtomicLong();

    public Share(Budget budget) {
        this.budget = budget;
    }

    /** Takes the bytes if there is room for them. */
    public boolean tryTake(long more) {
        if (!budget.tryTake(more)) {
            return false;
        }
        bytes.addAndGet(more);
        return true;
    }

    /** For what is in memory already. */
    public void take(long more) {
        budget.take(more);
        bytes.addAndGet(more);
    }

    /** All of it. */
    public void giveBack() {
        budget.giveBack(bytes.getAndSet(0));
    }
}

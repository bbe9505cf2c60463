package dev.holdfast.queue.http.admission;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes may be in memory at once for one purpose. Thread-safe. */
public final class Budget {
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    Budget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Takes the bytes if there is room for them; one request alone always has it. */
    public boolean tryTake(long more) {
        if (bytes.addAndGet(more) <= maxBytes || bytes.get() == more) {
            return true;
        }
        bytes.addAndGet(-more);
        return false;
    }

    /** For what is in memory already; {@link #hasRoom} was asked before it was read. */
    public void take(long more) {
        bytes.addAndGet(more);
    }

    public void giveBack(long taken) {
        bytes.addAndGet(-taken);
    }

    public boolean hasRoom() {
        return bytes.get() < maxBytes;
    }

    /** Whether a quarter is free: for what may take long, so that it leaves room for what does not. */
    public boolean hasRoomToSpare() {
        return bytes.get() < maxBytes / 4 * 3;
    }

    public long bytes() {
        return bytes.get();
    }
}

package dev.holdfast.queue.order;

/** How much memory the read-ahead of all queues together may take. Writer thread only. */
public final class ReadAheadBudget {
    /** A heap of 256 MiB has room for this and its garbage; a busy queue that keeps up needs far less. */
    private static final long MAX_BYTES = 48L << 20;

    private long takenBytes;

    /** Takes the bytes if they are free. */
    boolean tryTake(int bytes) {
        if (takenBytes + bytes > MAX_BYTES) {
            return false;
        }
        takenBytes += bytes;
        return true;
    }

    /** Takes the bytes in any case: a consumer asks for these messages now. */
    void take(int bytes) {
        takenBytes += bytes;
    }

    void giveBack(int bytes) {
        takenBytes -= bytes;
    }

    /** Whether those who can do without should give theirs back. */
    boolean isShort() {
        return takenBytes > MAX_BYTES / 2;
    }

    public void reset() {
        takenBytes = 0;
    }
}

package dev.holdfast.consumer.queue;

import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Whether the queue answers, since when, and the last error met. Says each change once in the log. Thread-safe. */
public final class Reachability {
    private static final Logger LOG = Logger.getLogger(Reachability.class);

    /** What the last call said about the queue. */
    public enum State {
        /** No call has been answered yet. */
        UNKNOWN,
        REACHABLE,
        /** The server answers, but has no queue of this name. */
        NO_SUCH_QUEUE,
        /** The server does not answer, or refuses. */
        UNREACHABLE
    }

    /** A state with the time it began. */
    public record Now(State state, Instant since) {}

    /** A sentence and when it was met last. */
    public record LastError(String text, Instant at) {}

    private final String queueName;
    private final InstantSource clock;
    private volatile Now now;
    private volatile @Nullable LastError lastError;

    public Reachability(String queueName, InstantSource clock) {
        this.queueName = queueName;
        this.clock = clock;
        now = new Now(State.UNKNOWN, clock.instant());
    }

    void reached() {
        if (change(State.REACHABLE)) {
            LOG.infof("event=queue-reachable queue=%s", queueName);
        }
    }

    void noSuchQueue() {
        error("the queue " + queueName + " does not exist; waiting for it to be created");
        if (change(State.NO_SUCH_QUEUE)) {
            LOG.warnf("event=queue-missing queue=%s effect=\"waiting for it to be created\"", queueName);
        }
    }

    void unreachable(String reason) {
        error(reason);
        if (change(State.UNREACHABLE)) {
            LOG.warnf(
                    "event=queue-unreachable queue=%s reason=\"%s\" effect=\"trying again until it is back\"",
                    queueName, reason);
        }
    }

    /** Keeps an error for the status; also for errors that are not the queue's. */
    public void error(String text) {
        lastError = new LastError(text, clock.instant());
    }

    public Now now() {
        return now;
    }

    public @Nullable LastError lastError() {
        return lastError;
    }

    private synchronized boolean change(State to) {
        if (now.state == to) {
            return false;
        }
        now = new Now(to, clock.instant());
        return true;
    }
}

package dev.holdfast.consumer.apply;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Where the process is to halt, as {@code kill -9} would at that moment: to show, and to test, that nothing is lost. Thread-safe. */
public final class Faults {
    /** Moments around a commit at which a crash leaves the most behind. */
    public enum Moment {
        /** All is written, nothing committed: the messages come back and are applied. */
        BEFORE_COMMIT,
        /** Committed, nothing deleted: the messages come back and are absorbed as duplicates. */
        AFTER_COMMIT
    }

    private final AtomicReference<@Nullable Moment> armed = new AtomicReference<>();
    private final Halt halt;

    public Faults(Halt halt) {
        this.halt = halt;
    }

    /** The next transaction with an event in it halts the process at this moment. */
    public void arm(Moment moment) {
        armed.set(moment);
    }

    void at(Moment moment) {
        if (armed.compareAndSet(moment, null)) {
            halt.now("crash asked for: " + moment);
        }
    }
}

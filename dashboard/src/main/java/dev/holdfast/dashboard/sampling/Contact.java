package dev.holdfast.dashboard.sampling;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a service answers, since when that is so, and what is wrong where it does not. One missed answer on a busy
 * machine is no outage: the second in a row is.
 *
 * @param misses questions without an answer in a row
 */
public record Contact(
        boolean reachable, Instant since, @Nullable String problem, int misses) {
    private static final int MISSES_BEFORE_OUTAGE = 2;

    /** Before the first reading. */
    static Contact unknown(Instant now) {
        return new Contact(false, now, "not asked yet", MISSES_BEFORE_OUTAGE);
    }

    Contact answered(Instant now) {
        return reachable ? new Contact(true, since, null, 0) : new Contact(true, now, null, 0);
    }

    Contact failed(Instant now, String why) {
        boolean outage = misses + 1 >= MISSES_BEFORE_OUTAGE;
        return new Contact(reachable && !outage, reachable && outage ? now : since, why, misses + 1);
    }

    /** Whether the last question was answered: only then may its numbers enter a proof or a chart. */
    @JsonIgnore
    boolean isFresh() {
        return reachable && misses == 0;
    }
}

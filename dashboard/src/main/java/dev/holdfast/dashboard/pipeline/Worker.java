package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.analytics.ConsumerSession;
import dev.holdfast.dashboard.page.Badge;
import dev.holdfast.dashboard.sampling.ConsumerReading;
import dev.holdfast.dashboard.sampling.ConsumerStatus;
import dev.holdfast.dashboard.sampling.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consumer as the picture shows it: the one with the address in the settings first, then those that joined it.
 *
 * @param first whether it is the one that infra/demo starts, stops and kills
 * @param state its own word, or unreachable
 * @param alive whether it answers
 * @param canCrash whether it was started so that it may be told to crash
 * @param inHand messages received and not yet done; null where only the consumer itself would know
 */
record Worker(
        String name,
        boolean first,
        String state,
        Instant since,
        boolean alive,
        boolean canCrash,
        @Nullable Long applied,
        @Nullable Long inHand,
        String note) {
    /** One that joined and fell silent is shown this long. */
    private static final Duration SILENT_SHOWN = Duration.ofMinutes(10);

    static List<Worker> of(Sample sample, int firstPort) {
        List<Worker> workers = new ArrayList<>();
        ConsumerReading reading = sample.consumer();
        ConsumerStatus status = reading.status();
        List<ConsumerSession> sessions = sample.database().consumers();
        ConsumerSession own = sessions.stream()
                .filter(session -> status == null
                        ? session.port() == firstPort
                        : session.name().equals(status.name()))
                .findFirst()
                .orElse(null);
        workers.add(first(reading, own));
        sessions.stream()
                .filter(session -> !session.equals(own))
                .filter(session -> isShown(session, sample.at()))
                .map(session -> joined(session, status != null && status.faults()))
                .forEach(workers::add);
        return workers;
    }

    private static Worker first(ConsumerReading reading, @Nullable ConsumerSession session) {
        ConsumerStatus status = reading.status();
        if (reading.contact().reachable() && status != null) {
            String note = status.queueReachable() || status.lastError() == null ? "" : status.lastError();
            return new Worker(
                    status.name(),
                    true,
                    status.state(),
                    status.since(),
                    true,
                    status.faults(),
                    session == null ? null : (Long) session.applied(),
                    status.inHand(),
                    note);
        }
        if (session == null) {
            return new Worker(
                    "consumer", true, "none", reading.contact().since(), false, false, null, null, "None has run yet.");
        }
        // What still says "running" has written no end: it was killed, or it hangs.
        String state = session.state().equals("running") ? "unreachable" : session.state();
        Instant since = state.equals("unreachable") ? reading.contact().since() : session.since();
        return new Worker(session.name(), true, state, since, false, false, session.applied(), null, "");
    }

    private static boolean isShown(ConsumerSession session, Instant now) {
        return switch (session.state()) {
            case "stopped" -> false;
            case "silent", "crashed" -> session.since().plus(SILENT_SHOWN).isAfter(now);
            default -> true;
        };
    }

    private static Worker joined(ConsumerSession session, boolean faults) {
        boolean alive = !session.state().equals("silent") && !session.state().equals("crashed");
        return new Worker(
                session.name(), false, session.state(), session.since(), alive, faults, session.applied(), null, "");
    }

    public Badge badge() {
        return Badge.of(state);
    }

    public boolean running() {
        return alive && state.equals("running");
    }

    public boolean paused() {
        return state.equals("paused");
    }

    /** The query that names it to the controls; the first needs none. */
    public String query() {
        return first ? "" : "?name=" + name;
    }
}

package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.history.QueueHistory;
import dev.holdfast.dashboard.history.QueueHistory.Figures;
import dev.holdfast.dashboard.sqs.LedgerSnapshot;
import dev.holdfast.dashboard.sqs.OperatorApi;
import dev.holdfast.dashboard.sqs.QueueFigures;
import dev.holdfast.proof.Ledger;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks at all queues every ten seconds, for their charts. Where there are so many that a look takes long it looks less
 * often, so that a twentieth of the time is spent on it at most.
 */
@ApplicationScoped
class QueueRecorder {
    private static final Logger LOG = Logger.getLogger(QueueRecorder.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int REST_FACTOR = 20;

    /** However long a look took, the next one follows within this: a busy moment leaves no hole in the charts. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final OperatorApi operator;
    private final QueueHistory history;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            r -> Thread.ofPlatform().name("queue-recorder").daemon().unstarted(r));
    private Instant notBefore = Instant.MIN;
    private boolean isFirst = true;

    QueueRecorder(OperatorApi operator, QueueHistory history) {
        this.operator = operator;
        this.history = history;
    }

    void start(@Observes StartupEvent event) {
        var schedule = thread.scheduleAtFixedRate(this::look, 0, PERIOD.toSeconds(), TimeUnit.SECONDS);
        LOG.debugf("looking at all queues every ten seconds, schedule=%s", schedule);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    private void look() {
        Instant now = Instant.now();
        if (now.isBefore(notBefore)) {
            return;
        }
        try {
            Optional<LedgerSnapshot> snapshot = operator.ledger();
            // The first look pays for the connection, and says nothing about the next.
            notBefore = isFirst ? now : now.plus(rest(Duration.between(now, Instant.now())));
            isFirst = false;
            snapshot.ifPresent(known -> history.add(known.at(), figures(known)));
        } catch (IOException e) {
            LOG.debugf(e, "the queue does not answer: the charts of all queues have a gap");
        } catch (RuntimeException e) {
            // An exception would end the schedule.
            LOG.error("the look at all queues was not kept, the next one is due in ten seconds", e);
        }
    }

    private static Duration rest(Duration took) {
        Duration rest = took.multipliedBy(REST_FACTOR);
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    private static Map<String, Figures> figures(LedgerSnapshot snapshot) {
        Map<String, Figures> queues = new HashMap<>();
        for (QueueFigures queue : snapshot.queues()) {
            Ledger ledger = queue.ledger();
            if (ledger != null) {
                queues.put(
                        queue.name(),
                        new Figures(
                                queue.waiting(),
                                queue.inFlight(),
                                queue.delayed(),
                                ledger.sent() + ledger.movedIn(),
                                ledger.deleted() + ledger.movedOut() + ledger.expired() + ledger.purged()));
            }
        }
        return queues;
    }
}

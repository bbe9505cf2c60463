package dev.holdfast.consumer;

import dev.holdfast.consumer.apply.AppliedCounts;
import dev.holdfast.consumer.apply.Applying;
import dev.holdfast.consumer.apply.EventTransaction;
import dev.holdfast.consumer.apply.Faults;
import dev.holdfast.consumer.apply.Halt;
import dev.holdfast.consumer.apply.Pace;
import dev.holdfast.consumer.config.ConsumerConfig;
import dev.holdfast.consumer.queue.PriceQueue;
import dev.holdfast.consumer.queue.Reachability;
import dev.holdfast.consumer.queue.Receivers;
import dev.holdfast.consumer.retention.Compaction;
import dev.holdfast.consumer.session.ConsumerState;
import dev.holdfast.consumer.session.Sessions;
import dev.holdfast.kit.schedule.EverySecond;
import dev.holdfast.kit.sqlite.Database;
import dev.holdfast.kit.sqlite.DatabaseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * One consumer from start to stop: {@link Receivers} bring messages, {@link Applying} commits them, the receivers delete them; beside
 * that a heartbeat keeps the session and the compaction keeps the windows. Thread-safe.
 */
public final class Consumer {
    private static final Logger LOG = Logger.getLogger(Consumer.class);

    /** Of the ten seconds that a stop may take, eight are for finishing what is in hand and the rest for handing back and closing. */
    private static final Duration FINISH_PATIENCE = Duration.ofSeconds(8);

    private static final Duration HAND_BACK_PATIENCE = Duration.ofMillis(1500);

    private final ConsumerConfig config;
    private final Database database;
    private final SqsClient sqs;
    private final InstantSource clock;
    private final Sessions sessions;
    private final long sessionNo;
    private final Reachability reachability;
    private final PriceQueue queue;
    private final Pace pace = new Pace();
    private final Faults faults;
    private final Applying applying;
    private final Receivers receivers;
    private final Compaction compaction;
    private final Rate rate;
    private final Instant startedAt;
    private final EverySecond everySecond;

    private List<EverySecond.Work> periodic = List.of(); // guarded by this

    private AppliedCounts applied = AppliedCounts.nothing(); // guarded by this
    private ConsumerState state = ConsumerState.STARTING; // guarded by this
    private Instant since; // guarded by this
    private boolean paused; // guarded by this
    private boolean stopping; // guarded by this

    /** Begins a session and, with {@link #start}, to consume. Takes over the database and the client, and closes them at the end. */
    public Consumer(
            ConsumerConfig config,
            int port,
            Database database,
            SqsClient sqs,
            EverySecond everySecond,
            InstantSource clock,
            Halt halt) {
        this.config = config;
        this.database = database;
        this.sqs = sqs;
        this.everySecond = everySecond;
        this.clock = clock;
        sessions = new Sessions(database, clock);
        sessionNo = sessions.begin(config.name(), port);
        startedAt = clock.instant();
        since = startedAt;
        rate = new Rate(clock.millis());
        reachability = new Reachability(config.queue(), clock);
        queue = new PriceQueue(sqs, config.queue(), reachability);
        pace.slowDown(config.slowMillis());
        faults = new Faults(halt);
        EventTransaction transaction = new EventTransaction(config.name(), sessionNo);
        applying = new Applying(
                config.receivers(), database, transaction, clock, pace, faults, halt, this::count, this::databaseError);
        receivers = new Receivers(config.receivers(), queue, applying, clock, config.extendVisibility());
        compaction = new Compaction(database, config.keep(), clock);
    }

    public void start() {
        receivers.start();
        guarded("heartbeat", this::heartbeat);
        synchronized (this) {
            // One for each: a long compaction must not stop the heart.
            periodic = List.of(
                    everySecond.run("heartbeat", () -> guarded("heartbeat", this::heartbeat)),
                    everySecond.run("compaction", () -> guarded("compaction", compaction::pass)));
        }
        LOG.infof(
                "event=consumer-started name=%s session=%d queue=%s receivers=%d database=%s",
                config.name(), sessionNo, config.queue(), config.receivers(), database.file());
    }

    /** Tells the others on this database where this one's control API is. */
    void listensOn(int port) {
        guarded("port of the control API", () -> sessions.listensOn(sessionNo, port));
    }

    /** Receives no more until {@link #resume}; what is in hand is finished. Without effect where it is paused already. */
    public void pause() {
        synchronized (this) {
            if (paused || stopping) {
                return;
            }
            paused = true;
        }
        receivers.pause();
        sessions.mark(config.name(), sessionNo, "pause");
        guarded("heartbeat", this::heartbeat);
        LOG.infof("event=consumer-paused name=%s", config.name());
    }

    public void resume() {
        synchronized (this) {
            if (!paused || stopping) {
                return;
            }
            paused = false;
        }
        receivers.resume();
        sessions.mark(config.name(), sessionNo, "resume");
        guarded("heartbeat", this::heartbeat);
        LOG.infof("event=consumer-resumed name=%s", config.name());
    }

    /**
     * Ends in order within ten seconds: polls are aborted, what is in hand is committed and deleted, what could not be is handed back at
     * once, the session ends.
     */
    public void stop() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            stopping = true;
        }
        receivers.stop();
        boolean finished = receivers.awaitEnd(FINISH_PATIENCE);
        applying.close();
        if (!finished && !receivers.awaitEnd(HAND_BACK_PATIENCE)) {
            LOG.warnf(
                    "event=messages-not-handed-back name=%s effect=\"they return after their visibility timeout\"",
                    config.name());
        }
        receivers.close();
        periodicWork().forEach(EverySecond.Work::close);
        sessions.end(config.name(), sessionNo);
        database.close();
        sqs.close();
        LOG.infof("event=consumer-stopped name=%s finishedWhatWasInHand=%s", config.name(), finished);
    }

    public Status status() {
        refreshState();
        AppliedCounts ofSession;
        ConsumerState stateNow;
        Instant sinceNow;
        synchronized (this) {
            ofSession = applied;
            stateNow = state;
            sinceNow = since;
        }
        double appliedRate = rate.perSecond(clock.millis());
        return Status.of(
                new Status.Session(config, sessionNo, startedAt, stateNow, sinceNow, ofSession, appliedRate),
                queue,
                reachability,
                receivers,
                pace,
                database);
    }

    public Pace pace() {
        return pace;
    }

    public Faults faults() {
        return faults;
    }

    public Receivers receivers() {
        return receivers;
    }

    private synchronized List<EverySecond.Work> periodicWork() {
        return periodic;
    }

    private synchronized void count(AppliedCounts committed) {
        applied = applied.plus(committed);
        rate.add(committed.events(), clock.millis());
    }

    private void databaseError(String text) {
        LOG.warnf("event=database-error reason=\"%s\"", text);
        reachability.error(text);
    }

    /** Once a second; also at once where the state was changed by a person. */
    private void heartbeat() {
        refreshState();
        ConsumerState stateNow;
        Instant sinceNow;
        synchronized (this) {
            stateNow = state;
            sinceNow = since;
        }
        sessions.heartbeat(sessionNo, stateNow, sinceNow);
    }

    /** An exception would end the schedule. */
    private void guarded(String what, Runnable work) {
        try {
            work.run();
        } catch (DatabaseException e) {
            databaseError(what + " did not commit: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "event=bug where=%s", what);
        }
    }

    private synchronized void refreshState() {
        ConsumerState now = stateNow();
        if (now != state) {
            state = now;
            since = clock.instant();
        }
    }

    private ConsumerState stateNow() {
        if (stopping) {
            return ConsumerState.STOPPING;
        }
        if (paused) {
            return ConsumerState.PAUSED;
        }
        return switch (reachability.now().state()) {
            case UNKNOWN -> ConsumerState.STARTING;
            case REACHABLE -> ConsumerState.RUNNING;
            case NO_SUCH_QUEUE -> ConsumerState.WAITING_FOR_QUEUE;
            case UNREACHABLE -> ConsumerState.QUEUE_UNREACHABLE;
        };
    }
}

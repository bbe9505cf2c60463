package dev.holdfast.producer.generating;

import dev.holdfast.kit.sqlite.DatabaseException;
import dev.holdfast.producer.config.RateLimits;
import dev.holdfast.producer.market.DayRhythm;
import dev.holdfast.producer.outbox.Changes;
import dev.holdfast.producer.outbox.Mark;
import dev.holdfast.producer.outbox.Outbox;
import dev.holdfast.producer.outbox.OutboxMessage;
import dev.holdfast.producer.outbox.OutboxState;
import dev.holdfast.producer.outbox.Settings;
import dev.holdfast.producer.sending.CircuitBreaker;
import dev.holdfast.producer.sending.Unsent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the outbox. Every {@value #TICK_MILLIS} ms it makes the events that are due and puts them, the
 * acknowledgements that came in meanwhile, marks and changed settings into one transaction; only then do the new events go on to be
 * sent. So one fsync serves hundreds of events, and no event is sent that a crash could forget.
 *
 * <p>While the queue is not reached or the outbox is full it generates nothing: back-pressure instead of loss.
 */
public final class Generating {
    static final int TICK_MILLIS = 20;

    private static final int IDLE_TICK_MILLIS = 500;

    private static final Logger LOG = Logger.getLogger(Generating.class);

    /** Largest number of events in one transaction: ten ticks at the highest rate, about 0.5 MB. */
    private static final int CHUNK_MAX = 1_000;

    private static final int DISK_RETRY_MILLIS = 500;
    /** As sysexits.h counts: an internal error, an error of input or output. */
    private static final int EXIT_AFTER_BUG = 70;

    private static final int EXIT_AFTER_IO_ERROR = 74;

    /** A change of the settings, with the mark that shows it, from the control API. */
    private record Command(UnaryOperator<Settings> change, Mark mark, CompletableFuture<OutboxState> done) {}

    private final Outbox outbox;
    private final Events events;
    private final DayRhythm rhythm;
    private final int outboxLimit;
    private final CircuitBreaker breaker;
    private final Unsent unsent;
    private final InstantSource clock;
    private final IntConsumer halt;

    private final LinkedBlockingQueue<Command> commands = new LinkedBlockingQueue<>(1_000);
    private final LinkedBlockingQueue<List<OutboxMessage>> acknowledgements = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Mark> marks = new LinkedBlockingQueue<>();
    private final TokenBucket bucket = new TokenBucket(System.nanoTime());
    private final Thread thread = Thread.ofPlatform().name("outbox").unstarted(this::run);

    /** The next transaction, and the commands in it; of the thread, and after its end of {@link #finish}. */
    private Changes pending = new Changes();

    private final List<Command> applied = new ArrayList<>();

    private volatile boolean stopping;
    private volatile @Nullable HeldBack heldBack;
    private volatile double targetRate;
    private volatile @Nullable Instant lastEventAt;

    public Generating(
            Outbox outbox,
            Events events,
            DayRhythm rhythm,
            int outboxLimit,
            CircuitBreaker breaker,
            Unsent unsent,
            InstantSource clock,
            IntConsumer halt) {
        this.outbox = outbox;
        this.events = events;
        this.rhythm = rhythm;
        this.outboxLimit = outboxLimit;
        this.breaker = breaker;
        this.unsent = unsent;
        this.clock = clock;
        this.halt = halt;
    }

    public void start() {
        thread.start();
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    public @Nullable HeldBack heldBack() {
        return heldBack;
    }

    /** Events per second wanted now. */
    public double targetRate() {
        return targetRate;
    }

    public @Nullable Instant lastEventAt() {
        return lastEventAt;
    }

    /** From the senders. */
    public void acknowledge(List<OutboxMessage> messages) {
        acknowledgements.add(messages);
    }

    /** Completes when the change is on disk; exceptionally where too many wait, or the process is stopping. */
    public CompletableFuture<OutboxState> change(UnaryOperator<Settings> change, Mark mark) {
        var done = new CompletableFuture<OutboxState>();
        var command = new Command(change, mark, done);
        if (stopping || !commands.offer(command)) {
            refuse(command);
        }
        return done;
    }

    public void mark(Mark mark) {
        marks.add(mark);
    }

    /** Generates nothing more; what the senders still bring is recorded by {@link #finish}. */
    public void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    /** The last transaction; clean where every call has ended, so that the next start knows what may have been sent. */
    public void finish(boolean allCallsEnded) {
        collect();
        pending.mark(Mark.of(clock.instant(), Mark.Kind.EXIT, "stopped"));
        if (allCallsEnded) {
            pending.cleanStop(unsent.ofUnknownOutcome());
        }
        outbox.commit(pending);
    }

    private void run() {
        try {
            while (!stopping) {
                Command first = commands.poll(isIdle() ? IDLE_TICK_MILLIS : TICK_MILLIS, TimeUnit.MILLISECONDS);
                collect();
                apply(first);
                generate();
                if (!pending.isEmpty()) {
                    commit();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            LOG.error("event=bug where=outbox effect=\"ending; the next start reads what is on disk\"", bug);
            halt.accept(EXIT_AFTER_BUG);
        }
        commands.forEach(Generating::refuse);
        applied.forEach(Generating::refuse);
    }

    /** Nothing wanted, nothing under way: then only the control API can change that, and it wakes the thread. */
    private boolean isIdle() {
        OutboxState state = outbox.state();
        Settings settings = state.settings();
        return !settings.running()
                && settings.burstRemaining() == 0
                && settings.poisonRemaining() == 0
                && state.unsent() == 0
                && pending.isEmpty();
    }

    private void collect() {
        for (var arrived = acknowledgements.poll(); arrived != null; arrived = acknowledgements.poll()) {
            pending.acknowledge(arrived);
        }
        for (Mark mark = marks.poll(); mark != null; mark = marks.poll()) {
            pending.mark(mark);
        }
    }

    private void apply(@Nullable Command first) {
        for (Command command = first != null ? first : commands.poll(); command != null; command = commands.poll()) {
            pending.settings(command.change.apply(settings())).mark(command.mark);
            applied.add(command);
        }
    }

    private Settings settings() {
        return pending.settingsOr(outbox.state().settings());
    }

    private void generate() {
        if (!pending.generated().isEmpty()) {
            return; // The disk has not taken the last chunk yet.
        }
        Settings settings = settings();
        long now = System.nanoTime();
        targetRate =
                settings.running() ? Math.min(RateLimits.MAX, settings.rate() * rhythm.factor(clock.instant())) : 0;
        boolean isWanted = settings.running() || settings.burstRemaining() > 0 || settings.poisonRemaining() > 0;
        int room = Math.clamp(outboxLimit - outbox.state().unsent() + pending.acknowledgedCount(), 0, CHUNK_MAX);
        if (!isWanted || !breaker.isOpen()) {
            heldBack = isWanted ? HeldBack.QUEUE : null;
            bucket.rest(now);
            return;
        }
        int due = bucket.due(now, targetRate);
        int poison = (int) Math.min(settings.poisonRemaining(), room);
        int paced = Math.min(due, room - poison);
        int burst = (int) Math.min(settings.burstRemaining(), room - poison - paced);
        heldBack = paced < due || room == 0 ? HeldBack.OUTBOX_FULL : null;
        if (poison + paced + burst > 0) {
            OutboxState state = outbox.state();
            Instant at = clock.instant();
            var made = new ArrayList<OutboxMessage>();
            made.addAll(events.poison(poison, state.generated() + 1, state.poisonGenerated(), at));
            made.addAll(events.next(paced + burst, state.generated() + 1 + poison, at));
            pending.add(made, events.save());
            bucket.generated(paced);
            lastEventAt = at;
            if (poison + burst > 0) {
                pending.settings(settings.withPoisonRemaining(settings.poisonRemaining() - poison)
                        .withBurstRemaining(settings.burstRemaining() - burst));
            }
        }
    }

    private void commit() throws InterruptedException {
        try {
            outbox.commit(pending);
        } catch (DatabaseException e) {
            onFailedCommit(e);
            return;
        }
        OutboxState state = outbox.state();
        unsent.add(pending.generated());
        unsent.offer(state.offeredThrough());
        pending = new Changes();
        applied.forEach(command -> command.done.complete(state));
        applied.clear();
    }

    /**
     * A full disk or a file that another process keeps locked passes, and the same transaction is tried again. Anything else says that
     * the disk or the file is damaged: the kernel may have dropped what was written, so the only truth is what a new process reads.
     */
    private void onFailedCommit(DatabaseException e) throws InterruptedException {
        if (e.mayPass()) {
            if (heldBack != HeldBack.DISK) {
                LOG.warnf(
                        "event=outbox-not-written reason=\"%s\" effect=\"generating rests, trying again\"",
                        e.getMessage());
            }
            heldBack = HeldBack.DISK;
            TimeUnit.MILLISECONDS.sleep(DISK_RETRY_MILLIS);
            return;
        }
        LOG.errorf(
                "event=outbox-failed reason=\"%s\" effect=\"ending without a clean close; the next start reads what is on disk\"",
                e.getMessage());
        halt.accept(EXIT_AFTER_IO_ERROR);
    }

    private static void refuse(Command command) {
        command.done.completeExceptionally(new IllegalStateException("the producer is stopping"));
    }
}

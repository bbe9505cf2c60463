package dev.holdfast.producer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.kit.retry.Backoff;
import dev.holdfast.kit.sqlite.DatabaseException;
import dev.holdfast.kit.sqs.SqsConfig;
import dev.holdfast.kit.start.DataFolder;
import dev.holdfast.producer.config.ConfigCheck;
import dev.holdfast.producer.config.ProducerConfig;
import dev.holdfast.producer.config.QueueConfig;
import dev.holdfast.producer.config.RateLimits;
import dev.holdfast.producer.generating.Events;
import dev.holdfast.producer.generating.Generating;
import dev.holdfast.producer.market.Catalogue;
import dev.holdfast.producer.market.DayRhythm;
import dev.holdfast.producer.market.Market;
import dev.holdfast.producer.outbox.Mark;
import dev.holdfast.producer.outbox.Outbox;
import dev.holdfast.producer.outbox.OutboxState;
import dev.holdfast.producer.outbox.Settings;
import dev.holdfast.producer.sending.AwsCli;
import dev.holdfast.producer.sending.CircuitBreaker;
import dev.holdfast.producer.sending.Client;
import dev.holdfast.producer.sending.LastCall;
import dev.holdfast.producer.sending.QueueLookup;
import dev.holdfast.producer.sending.QueueState;
import dev.holdfast.producer.sending.SendStatistics;
import dev.holdfast.producer.sending.Sending;
import dev.holdfast.producer.sending.Unsent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The running producer: puts its parts together, and is what the control API talks to. Thread-safe once started. */
public final class Producer {
    private static final Logger LOG = Logger.getLogger(Producer.class);

    /** Longer than a call may take, shorter than the ten seconds a supervisor waits. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    /** Ten batches for each that is in flight, so that none waits for the next transaction to let it go. */
    private static final int OFFERED_PER_BATCH_IN_FLIGHT = 100;

    private final Instant startedAt;
    private final long seed;
    private final SqsConfig sqsConfig;
    private final QueueConfig queueConfig;
    private final DataFolder folder;
    private final Outbox outbox;
    private final SqsClient sqs;
    private final LastCall lastCall;
    private final AwsCli cli;
    private final QueueLookup lookup;
    private final CircuitBreaker breaker;
    private final SendStatistics statistics;
    private final Generating generating;
    private final Sending sending;

    private Producer(
            ProducerConfig config,
            SqsConfig sqsConfig,
            QueueConfig queueConfig,
            DataFolder folder,
            Outbox outbox,
            ObjectMapper json,
            InstantSource clock) {
        this.startedAt = clock.instant();
        this.seed = config.seed();
        this.sqsConfig = sqsConfig;
        this.queueConfig = queueConfig;
        this.folder = folder;
        this.outbox = outbox;
        OutboxState state = outbox.state();
        lastCall = new LastCall(clock);
        sqs = Client.build(sqsConfig, config.callTimeout(), config.batchesInFlight(), lastCall);
        cli = Client.cli(sqsConfig);
        lookup = new QueueLookup(
                sqs, queueConfig, new QueueLookup.Creation(config.createQueues(), config.visibilityTimeout()));
        var backoff = new Backoff(config.backoff().first(), config.backoff().max());
        statistics = new SendStatistics(clock);
        var unsent = new Unsent();
        unsent.add(outbox.unsent());
        unsent.offer(state.offeredThrough());
        breaker = new CircuitBreaker(
                backoff, clock, () -> ThreadLocalRandom.current().nextLong(), this::mark);
        generating = new Generating(
                outbox,
                new Events(market(config, outbox), state.producerId(), state.currency(), json),
                new DayRhythm(config.rhythm().amplitude(), config.rhythm().dayLength()),
                config.outboxLimit(),
                breaker,
                unsent,
                clock,
                Runtime.getRuntime()::halt);
        sending = new Sending(
                sqs, lookup, unsent, breaker, statistics, backoff, state.producerId(), generating::acknowledge);
        generating.start();
        sending.start(config.batchesInFlight());
    }

    static Producer start(
            ProducerConfig config,
            SqsConfig sqs,
            QueueConfig queue,
            Path path,
            ObjectMapper json,
            InstantSource clock) {
        ConfigCheck.check(config);
        DataFolder folder = DataFolder.hold(path, "producer");
        try {
            Outbox outbox = Outbox.open(
                    path.resolve("producer.db"),
                    config.currency(),
                    new Settings(config.autostart(), config.rate(), 0, 0),
                    OFFERED_PER_BATCH_IN_FLIGHT * config.batchesInFlight(),
                    clock.instant());
            Producer producer = new Producer(config, sqs, queue, folder, outbox, json, clock);
            OutboxState state = outbox.state();
            LOG.infof(
                    "event=producer-started producerId=%s generated=%d unsent=%d running=%s rate=%s endpoint=\"%s\"",
                    state.producerId(),
                    state.generated(),
                    state.unsent(),
                    state.settings().running(),
                    state.settings().rate(),
                    sqs.endpoint().map(Object::toString).orElse("Amazon SQS"));
            return producer;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static Market market(ProducerConfig config, Outbox outbox) {
        var market = new Market(Catalogue.of(config.seed(), Currency.getInstance(config.currency())), config.seed());
        byte[] saved = outbox.market();
        if (saved != null && !market.restore(saved)) {
            LOG.warnf(
                    "event=prices-begin-anew reason=\"the outbox was written with another producer.seed than %d\"",
                    config.seed());
        }
        return market;
    }

    private void mark(Mark mark) {
        generating.mark(mark);
    }

    /** Generates at the set rate from now on. */
    public CompletableFuture<Status> run(Instant now) {
        double rate = outbox.state().settings().rate();
        return generating
                .change(settings -> settings.withRunning(true), Mark.of(now, Mark.Kind.START, rate, "producer started"))
                .thenApply(this::status);
    }

    /** Generates nothing more, and drops what is left of bursts and poison; what the outbox holds is still sent. */
    public CompletableFuture<Status> rest(Instant now) {
        return generating
                .change(
                        settings -> settings.withRunning(false)
                                .withBurstRemaining(0)
                                .withPoisonRemaining(0),
                        Mark.of(now, Mark.Kind.STOP, "producer stopped"))
                .thenApply(this::status);
    }

    /** @param eventsPerSecond {@link RateLimits#MIN} to {@link RateLimits#MAX} */
    public CompletableFuture<Status> rate(double eventsPerSecond, Instant now) {
        return generating
                .change(
                        settings -> settings.withRate(eventsPerSecond),
                        Mark.of(now, Mark.Kind.RATE, eventsPerSecond, "rate " + shortly(eventsPerSecond) + "/s"))
                .thenApply(this::status);
    }

    /** Events as fast as they can be sent, on top of the rate, also while not running. */
    public CompletableFuture<Status> burst(long count, Instant now) {
        return generating
                .change(
                        settings -> settings.withBurstRemaining(settings.burstRemaining() + count),
                        Mark.of(now, Mark.Kind.BURST, (double) count, "burst of " + count))
                .thenApply(this::status);
    }

    /** Messages that a consumer must refuse, also while not running. */
    public CompletableFuture<Status> poison(long count, Instant now) {
        return generating
                .change(
                        settings -> settings.withPoisonRemaining(settings.poisonRemaining() + count),
                        Mark.of(now, Mark.Kind.POISON, (double) count, count + " poison"))
                .thenApply(this::status);
    }

    private static String shortly(double rate) {
        return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
    }

    /** Whether the thread that owns the outbox lives; without it nothing is generated or recorded. */
    public boolean isAlive() {
        return generating.isAlive();
    }

    public Status status() {
        return status(outbox.state());
    }

    private Status status(OutboxState state) {
        CircuitBreaker.View queue = breaker.view();
        SendStatistics.View sends = statistics.view();
        LastCall.Call call = lastCall.last();
        boolean reachable = queue.state() == QueueState.REACHABLE;
        return new Status(
                state.producerId(),
                state.currency(),
                seed,
                startedAt,
                state.settings().running(),
                state.settings().rate(),
                generating.targetRate(),
                sends.perSecond(),
                state.generated(),
                state.acknowledgedThrough(),
                state.acknowledged(),
                state.unsent(),
                state.spareCopies(),
                state.poisonSent(),
                state.settings().burstRemaining(),
                state.settings().poisonRemaining(),
                sends.batchesInFlight(),
                generating.heldBack(),
                sends.errors(),
                Status.LastError.of(queue.lastError()),
                queueConfig.queue(),
                lookup.known(),
                queue.state(),
                stateText(queue),
                reachable ? queue.since() : null,
                reachable ? null : queue.since(),
                sends.latency(),
                generating.lastEventAt(),
                sends.lastAcknowledgedAt(),
                state.marks().stream().map(Status.Mark::of).toList(),
                call == null ? null : new Status.LastCall(call.at(), cli.command(call.request())));
    }

    private String stateText(CircuitBreaker.View queue) {
        String where = sqsConfig.endpoint().map(endpoint -> " at " + endpoint).orElse(" at Amazon SQS");
        String why = queue.lastError() == null ? "" : ": " + queue.lastError().message();
        return switch (queue.state()) {
            case CONNECTING -> "Looking for the queue " + queueConfig.queue() + where + ".";
            case REACHABLE -> "The queue " + queueConfig.queue() + where + " takes messages.";
            case MISSING ->
                "Waiting for the queue " + queueConfig.queue() + where
                        + ", which does not exist. Create it, or set producer.create-queues=true.";
            case UNREACHABLE -> "The queue " + queueConfig.queue() + where + " is not reached" + why + ". Retrying.";
        };
    }

    /** Stops in order: nothing new is generated, calls under way end, what they brought is recorded. */
    void stop() {
        try {
            generating.stop();
            boolean ended = sending.stop(STOP_LIMIT);
            generating.finish(ended);
            OutboxState state = outbox.state();
            LOG.infof(
                    "event=producer-stopped generated=%d unsent=%d clean=%s", state.generated(), state.unsent(), ended);
        } catch (DatabaseException e) {
            LOG.errorf(
                    "event=acknowledgements-not-recorded reason=\"%s\" effect=\"the last messages are sent again\"",
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sqs.close();
            outbox.close();
            folder.close();
        }
    }
}

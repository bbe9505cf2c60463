package dev.holdfast.producer;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.producer.market.Catalogue;
import dev.holdfast.producer.market.DayRhythm;
import dev.holdfast.producer.market.Market;
import dev.holdfast.producer.outbox.Mark;
import dev.holdfast.producer.outbox.Outbox;
import dev.holdfast.producer.outbox.OutboxState;
import dev.holdfast.producer.outbox.OutboxUnusable;
import dev.holdfast.producer.outbox.Settings;
import dev.holdfast.producer.sending.AwsCli;
import dev.holdfast.producer.sending.Backoff;
import dev.holdfast.producer.sending.LastCall;
import dev.holdfast.producer.sending.QueueLookup;
import dev.holdfast.producer.sending.QueueState;
import dev.holdfast.producer.sending.Reachability;
import dev.holdfast.producer.sending.SendStatistics;
import dev.holdfast.producer.sending.Sending;
import dev.holdfast.producer.sending.SqsClients;
import dev.holdfast.producer.sending.SqsConfig;
import dev.holdfast.producer.sending.Unsent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkClientException;
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
    private final DataDirectory directory;
    private final Outbox outbox;
    private final SqsClient sqs;
    private final LastCall lastCall;
    private final AwsCli cli;
    private final QueueLookup lookup;
    private final Reachability reachability;
    private final SendStatistics statistics;
    private final Generating generating;
    private final Sending sending;

    private Producer(
            ProducerConfig config,
            SqsConfig sqsConfig,
            DataDirectory directory,
            Outbox outbox,
            ObjectMapper json,
            InstantSource clock)
            throws SQLException {
        this.startedAt = clock.instant();
        this.seed = config.seed();
        this.sqsConfig = sqsConfig;
        this.directory = directory;
        this.outbox = outbox;
        OutboxState state = outbox.state();
        lastCall = new LastCall(clock);
        sqs = SqsClients.build(sqsConfig, config.callTimeout(), config.batchesInFlight(), lastCall);
        cli = SqsClients.cli(sqsConfig);
        lookup = new QueueLookup(
                sqs, sqsConfig, new QueueLookup.Creation(config.createQueues(), config.visibilityTimeout()));
        var backoff = new Backoff(config.backoff().first(), config.backoff().max());
        statistics = new SendStatistics(clock);
        var unsent = new Unsent();
        unsent.add(outbox.unsent());
        unsent.offer(state.offeredThrough());
        reachability = new Reachability(
                backoff, clock, () -> ThreadLocalRandom.current().nextLong(), this::mark);
        generating = new Generating(
                outbox,
                new Events(market(config, outbox), state.producerId(), state.currency(), json),
                new DayRhythm(config.rhythm().amplitude(), config.rhythm().dayLength()),
                config.outboxLimit(),
                reachability,
                unsent,
                clock,
                Runtime.getRuntime()::halt);
        sending = new Sending(
                sqs, lookup, unsent, reachability, statistics, backoff, state.producerId(), generating::acknowledge);
        generating.start();
        sending.start(config.batchesInFlight());
    }

    static Producer start(ProducerConfig config, SqsConfig sqs, Path folder, ObjectMapper json, InstantSource clock)
            throws StartFailure {
        ConfigCheck.check(config, sqs);
        DataDirectory directory = DataDirectory.hold(folder);
        try {
            Outbox outbox = Outbox.open(
                    directory.outbox(),
                    config.currency(),
                    new Settings(config.autostart(), config.rate(), 0, 0),
                    OFFERED_PER_BATCH_IN_FLIGHT * config.batchesInFlight(),
                    clock.instant());
            Producer producer = new Producer(config, sqs, directory, outbox, json, clock);
            OutboxState state = outbox.state();
            LOG.infof(
                    "started producerId=%s generated=%d unsent=%d running=%s rate=%s endpoint=%s",
                    state.producerId(),
                    state.generated(),
                    state.unsent(),
                    state.settings().running(),
                    state.settings().rate(),
                    sqs.endpoint().map(Object::toString).orElse("Amazon SQS"));
            return producer;
        } catch (OutboxUnusable e) {
            directory.close();
            throw new StartFailure(Objects.requireNonNull(e.getMessage()));
        } catch (SdkClientException e) {
            directory.close();
            LOG.debug("no client", e); // The SDK's own text lists all its providers on one line.
            throw new StartFailure("Amazon SQS cannot be used without a region. Set AWS_REGION or holdfast.sqs.region,"
                    + " or holdfast.sqs.endpoint for a server of your own.");
        } catch (SQLException e) {
            directory.close();
            throw new StartFailure("The outbox " + directory.outbox() + " cannot be read: " + e.getMessage());
        }
    }

    private static Market market(ProducerConfig config, Outbox outbox) throws SQLException {
        var market = new Market(Catalogue.of(config.seed(), Currency.getInstance(config.currency())), config.seed());
        byte[] saved = outbox.market();
        if (saved != null && !market.restore(saved)) {
            LOG.warnf(
                    "prices begin anew, because the outbox was written with another producer.seed than %d",
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
        Reachability.View queue = reachability.view();
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
                sqsConfig.queue(),
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

    private String stateText(Reachability.View queue) {
        String where = sqsConfig.endpoint().map(endpoint -> " at " + endpoint).orElse(" at Amazon SQS");
        String why = queue.lastError() == null ? "" : ": " + queue.lastError().message();
        return switch (queue.state()) {
            case CONNECTING -> "Looking for the queue " + sqsConfig.queue() + where + ".";
            case REACHABLE -> "The queue " + sqsConfig.queue() + where + " takes messages.";
            case MISSING ->
                "Waiting for the queue " + sqsConfig.queue() + where
                        + ", which does not exist. Create it, or set producer.create-queues=true.";
            case UNREACHABLE -> "The queue " + sqsConfig.queue() + where + " is not reached" + why + ". Retrying.";
        };
    }

    /** Stops in order: nothing new is generated, calls under way end, what they brought is recorded. */
    void stop() {
        try {
            generating.stop();
            boolean ended = sending.stop(STOP_LIMIT);
            generating.finish(ended);
            OutboxState state = outbox.state();
            LOG.infof("stopped generated=%d unsent=%d clean=%s", state.generated(), state.unsent(), ended);
        } catch (SQLException e) {
            LOG.errorf("the last acknowledgements were not recorded and will be sent again reason=%s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sqs.close();
            outbox.close();
            directory.close();
        }
    }
}

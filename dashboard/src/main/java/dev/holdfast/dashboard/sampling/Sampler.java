package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.dashboard.analytics.Aggregates;
import dev.holdfast.dashboard.analytics.ConsumerDatabase;
import dev.holdfast.dashboard.history.History;
import dev.holdfast.dashboard.history.HistoryPoint;
import dev.holdfast.kit.schedule.EverySecond;
import dev.holdfast.proof.ConsumerSide;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads every service once a second, one reading at a time, however many browsers look, and publishes what it read.
 * The order producer, queue, consumer is the proof's.
 */
@ApplicationScoped
public class Sampler {
    private static final Duration MARKS_SENT = Duration.ofMinutes(15);
    private static final int MARKS_SENT_AT_MOST = 40;

    private final PipelineConfig config;
    private final StatusClient statuses;
    private final QueueSource queueSource;
    private final ConsumerDatabase database;
    private final PipelineProof proof;
    private final History history;
    private final Marks marks;
    private final Event<Sample> published;
    private final EverySecond everySecond;

    private final RateWindow rateIn = new RateWindow();
    private final RateWindow rateApplied = new RateWindow();
    private ProducerReading producer;
    private ConsumerReading consumer;
    private DatabaseReading analytics;
    private @Nullable Long sendErrorsBefore;
    private CompletableFuture<?> slowly = CompletableFuture.completedFuture(0);
    private volatile @Nullable Sample latest;
    private volatile EverySecond.@Nullable Work sampling;

    Sampler(
            PipelineConfig config,
            StatusClient statuses,
            QueueSource queueSource,
            ConsumerDatabase database,
            PipelineProof proof,
            History history,
            Marks marks,
            Event<Sample> published,
            EverySecond everySecond) {
        this.config = config;
        this.statuses = statuses;
        this.queueSource = queueSource;
        this.database = database;
        this.proof = proof;
        this.history = history;
        this.marks = marks;
        this.published = published;
        this.everySecond = everySecond;
        Contact unknown = Contact.unknown(Instant.now());
        this.producer = new ProducerReading(unknown, null);
        this.consumer = new ConsumerReading(unknown, null);
        this.analytics = DatabaseReading.unknown(unknown);
    }

    void start(@Observes StartupEvent event) {
        sampling = everySecond.run("sample", this::tick);
    }

    void stop(@Observes ShutdownEvent event) {
        EverySecond.Work running = sampling;
        if (running != null) {
            running.close();
        }
    }

    /** The newest sample; empty only in the first moments after a start. */
    public Optional<Sample> latest() {
        return Optional.ofNullable(latest);
    }

    /** The newest sample; before the first one, one that knows nothing. */
    public Sample newest() {
        Sample known = latest;
        return known == null ? Sample.unknown(Instant.now()) : known;
    }

    private void tick() {
        Sample sample = sample(Instant.now());
        latest = sample;
        published.fire(sample);
        slowly = slowly.isDone() ? published.fireAsync(sample).toCompletableFuture() : slowly;
        history.add(sample.point());
    }

    private Sample sample(Instant now) {
        long askedNanos = System.nanoTime();
        producer = readProducer(now);
        QueueReading queue = queueSource.read(now);
        consumer = readConsumer(now);
        ConsumerSide applied = readDatabase(now).orElse(null);
        marks.note(now, producer, queue);
        if (producer.status() != null) {
            producer = new ProducerReading(producer.contact(), producer.status().withoutMarks());
        }
        Rates rates = Rates.of(rateIn.add(now, acknowledged()), rateApplied.add(now, appliedByAll()), queue);
        return new Sample(
                now,
                producer,
                queue,
                consumer,
                analytics,
                rates,
                proof.prove(now, askedNanos, producer, queue, analytics.contact(), applied, history.deletedByHand()),
                point(now, queue, rates),
                history.marks(now.minus(MARKS_SENT), MARKS_SENT_AT_MOST));
    }

    private ProducerReading readProducer(Instant now) {
        try {
            ProducerStatus status = statuses.status(config.producerUrl(), ProducerStatus.class);
            return new ProducerReading(producer.contact().answered(now), status);
        } catch (IOException e) {
            return new ProducerReading(
                    producer.contact().failed(now, String.valueOf(e.getMessage())), producer.status());
        }
    }

    private ConsumerReading readConsumer(Instant now) {
        try {
            ConsumerStatus status = statuses.status(config.consumerUrl(), ConsumerStatus.class);
            return new ConsumerReading(consumer.contact().answered(now), status);
        } catch (IOException e) {
            return new ConsumerReading(
                    consumer.contact().failed(now, String.valueOf(e.getMessage())), consumer.status());
        }
    }

    /** Also notes the consumers' marks; returns what is applied of the producer we know, empty where unreadable. */
    private Optional<ConsumerSide> readDatabase(Instant now) {
        try {
            return database.read(db -> {
                analytics = new DatabaseReading(
                        analytics.contact().answered(now),
                        Aggregates.progress(db),
                        Aggregates.queueTime(db, now),
                        Aggregates.consumers(db),
                        Aggregates.categories(db));
                marks.noteConsumers(db);
                ProducerStatus status = producer.status();
                return status == null
                        ? Optional.empty()
                        : Optional.of(ConsumerSide.read(db, status.producerId(), status.acknowledgedThrough()));
            });
        } catch (IOException e) {
            analytics = new DatabaseReading(
                    analytics.contact().failed(now, String.valueOf(e.getMessage())),
                    analytics.progress(),
                    null,
                    analytics.consumers(),
                    analytics.categories());
            return Optional.empty();
        }
    }

    private @Nullable Long acknowledged() {
        return producer.contact().isFresh() && producer.status() != null
                ? (Long) producer.status().acknowledged()
                : null;
    }

    private @Nullable Long appliedByAll() {
        return analytics.contact().isFresh() && analytics.progress() != null
                ? (Long) analytics.progress().applied()
                : null;
    }

    /** What is not known now stays empty, so that a chart shows a gap and not a frozen line. */
    private HistoryPoint point(Instant now, QueueReading queue, Rates rates) {
        var main = queue.contact().isFresh() ? queue.main() : null;
        var dead = queue.contact().isFresh() ? queue.deadLetters() : null;
        var status = producer.contact().isFresh() ? producer.status() : null;
        var send = status == null ? null : status.sendLatencyMillis();
        var times = analytics.queueTime();
        return new HistoryPoint(
                now.getEpochSecond(),
                main == null ? null : (Double) (double) main.waiting(),
                main == null ? null : (Double) (double) main.delayed(),
                main == null ? null : (Double) (double) main.inFlight(),
                dead == null ? null : (Double) (double) dead.stored(),
                main == null || main.oldestAgeSeconds() == null ? null : (Double) (double) main.oldestAgeSeconds(),
                rates.in(),
                rates.applied(),
                times == null ? null : (Double) times.p50Millis(),
                times == null ? null : (Double) times.p99Millis(),
                send == null ? null : (Double) send.p50(),
                send == null ? null : (Double) send.p99(),
                newSendErrors(status));
    }

    private @Nullable Double newSendErrors(@Nullable ProducerStatus status) {
        Long before = sendErrorsBefore;
        sendErrorsBefore = status == null ? null : (Long) status.sendErrors();
        return status == null || before == null ? null : (Double) (double) Math.max(0, status.sendErrors() - before);
    }
}

package dev.holdfast.producer.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.harness.Deadline;
import dev.holdfast.kit.retry.Backoff;
import dev.holdfast.kit.sqs.SqsConfig;
import dev.holdfast.producer.config.QueueConfig;
import dev.holdfast.producer.outbox.Mark;
import dev.holdfast.producer.outbox.OutboxMessage;
import dev.holdfast.producer.sending.ScriptedQueue.Entry;
import dev.holdfast.producer.sending.ScriptedQueue.Step;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The real sender and the real SDK against a server that fails on purpose. */
class SendingTest {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final UUID PRODUCER = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final List<OutboxMessage> acknowledged = new CopyOnWriteArrayList<>();
    private final List<Mark> marks = new CopyOnWriteArrayList<>();
    private final Unsent unsent = new Unsent();
    private final SendStatistics statistics = new SendStatistics(InstantSource.system());
    private final Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
    private final CircuitBreaker breaker =
            new CircuitBreaker(backoff, InstantSource.system(), new SplittableRandom(1), marks::add);

    @SuppressWarnings("NullAway.Init")
    private ScriptedQueue queue;

    @SuppressWarnings("NullAway.Init")
    private SqsClient sqs;

    @SuppressWarnings("NullAway.Init")
    private Sending sending;

    @BeforeEach
    void connect() throws Exception {
        unsent.offer(Long.MAX_VALUE);
        queue = new ScriptedQueue();
        SqsConfig config = config(queue.endpoint());
        sqs = Client.build(config, Duration.ofSeconds(5), 1, new LastCall(InstantSource.system()));
        sending = new Sending(
                sqs,
                new QueueLookup(sqs, names(), new QueueLookup.Creation(false, Duration.ZERO)),
                unsent,
                breaker,
                statistics,
                backoff,
                PRODUCER,
                acknowledged::addAll);
    }

    @AfterEach
    void disconnect() {
        assertThat(sending.stop(STOP_LIMIT)).isTrue();
        sqs.close();
        queue.close();
    }

    @Test
    void sendsTenAtATimeWithTheirIdentity() throws Exception {
        unsent.add(messages(1, 25));
        sending.start(1);

        Deadline.await("all acknowledged").until(() -> acknowledged.size() == 25);

        assertThat(queue.batches).extracting(List::size).containsExactly(10, 10, 5);
        assertThat(sequences(queue.taken)).containsExactlyElementsOf(range(1, 25));
        assertThat(queue.taken).extracting(Entry::producerId).containsOnly(PRODUCER.toString());
        assertThat(statistics.view().errors()).isZero();
    }

    @Test
    void resendsOnlyTheEntriesThatFailed() throws Exception {
        queue.next(new Step.Refuse(true, List.of("3", "7")));
        unsent.add(messages(1, 10));
        sending.start(1);

        Deadline.await("all acknowledged").until(() -> acknowledged.size() == 10);

        assertThat(sequences(queue.batches.getFirst())).containsExactlyElementsOf(range(1, 10));
        assertThat(queue.batches.stream().skip(1).flatMap(List::stream).map(Entry::sequence))
                .containsExactlyInAnyOrder("3", "7");
        assertThat(sequences(queue.taken)).containsExactlyInAnyOrderElementsOf(range(1, 10));
        assertThat(acknowledged).noneMatch(OutboxMessage::maybeSent);
        assertThat(statistics.view().errors()).isEqualTo(2);
        Deadline.await("resolved").until(() -> {
            var error = breaker.view().lastError();
            return error != null && error.resolvedAt() != null;
        });
        assertThat(breaker.view().lastError())
                .isNotNull()
                .satisfies(error -> assertThat(error.code()).isEqualTo("ScriptedError"));
    }

    @Test
    void lostAnswerLeadsToACountedSpareCopyOfTheSameIdentity() throws Exception {
        queue.next(new Step.LoseAnswer());
        unsent.add(messages(1, 4));
        sending.start(1);

        Deadline.await("all acknowledged").until(() -> acknowledged.size() == 4);

        assertThat(queue.batches).hasSize(2);
        assertThat(queue.batches.get(1)).isEqualTo(queue.batches.get(0));
        assertThat(acknowledged).allMatch(OutboxMessage::maybeSent);
        Deadline.await("both marks").until(() -> marks.size() == 2);
        assertThat(marks).extracting(Mark::kind).containsExactly(Mark.Kind.QUEUE_LOST, Mark.Kind.QUEUE_BACK);
    }

    @Test
    void keepsTheBatchThroughErrorsAndGoesOnFromTheSameEvent() throws Exception {
        for (int failure = 0; failure < 5; failure++) {
            queue.next(new Step.Fail(503, "ServiceUnavailable"));
        }
        queue.next(new Step.Fail(403, "RequestThrottled"));
        unsent.add(messages(1, 20));
        sending.start(4);

        Deadline.await("all acknowledged").until(() -> acknowledged.size() == 20);

        assertThat(sequences(queue.taken)).containsExactlyInAnyOrderElementsOf(range(1, 20));
        assertThat(statistics.view().errors()).isEqualTo(6);
        Deadline.await("reachable").until(() -> breaker.view().state() == QueueState.REACHABLE);
    }

    @Test
    void whileTheQueueIsLostOneTriesForAll() throws Exception {
        sending.start(4);
        Deadline.await("reachable").until(breaker::isOpen);
        queue.close();
        unsent.add(messages(1, 100));

        Deadline.await("ten errors").until(() -> statistics.view().errors() >= 10);

        assertThat(breaker.view().state()).isEqualTo(QueueState.UNREACHABLE);
        assertThat(breaker.view().lastError())
                .isNotNull()
                .satisfies(error -> assertThat(error.resolvedAt()).isNull());
        assertThat(acknowledged).isEmpty();
        assertThat(statistics.view().batchesInFlight()).isLessThanOrEqualTo(1);
    }

    private static Collection<OutboxMessage> messages(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(sequence -> new OutboxMessage(sequence, "{\"n\":" + sequence + "}", false, false))
                .toList();
    }

    private static List<String> range(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
    }

    private static List<String> sequences(Collection<Entry> entries) {
        return entries.stream().map(Entry::sequence).toList();
    }

    private static QueueConfig names() {
        return new QueueConfig() {
            @Override
            public String queue() {
                return "price-events";
            }

            @Override
            public String deadLetterQueue() {
                return "price-events-dlq";
            }
        };
    }

    private static SqsConfig config(URI endpoint) {
        return new SqsConfig() {
            @Override
            public Optional<URI> endpoint() {
                return Optional.of(endpoint);
            }

            @Override
            public Optional<String> region() {
                return Optional.empty();
            }

            @Override
            public Optional<Path> caFile() {
                return Optional.empty();
            }
        };
    }
}

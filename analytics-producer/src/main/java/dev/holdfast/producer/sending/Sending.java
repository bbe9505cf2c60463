package dev.holdfast.producer.sending;

import dev.holdfast.kit.retry.Backoff;
import dev.holdfast.producer.outbox.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/**
 * Carries messages from {@link Unsent} to the queue, in batches of up to ten, several at once. What does not get through goes back and
 * keeps its identity; nothing is dropped.
 */
public final class Sending {
    private static final Logger LOG = Logger.getLogger(Sending.class);

    private static final int BATCH_MAX = 10;

    /** Without anything to send, the queue is asked for at this pace, so that the status stays true. */
    private static final Duration IDLE_CHECK = Duration.ofSeconds(5);

    private final SqsClient sqs;
    private final QueueLookup lookup;
    private final Unsent unsent;
    private final CircuitBreaker breaker;
    private final SendStatistics statistics;
    private final Backoff backoff;
    private final UUID producerId;
    private final Consumer<List<OutboxMessage>> acknowledgements;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong lastAnswerNanos = new AtomicLong(System.nanoTime());

    /** How often the queue has refused a message alone, by sequence; no more of them than the outbox holds. */
    private final Map<Long, Integer> refusals = new ConcurrentHashMap<>();

    private volatile boolean stopping;

    public Sending(
            SqsClient sqs,
            QueueLookup lookup,
            Unsent unsent,
            CircuitBreaker breaker,
            SendStatistics statistics,
            Backoff backoff,
            UUID producerId,
            Consumer<List<OutboxMessage>> acknowledgements) {
        this.sqs = sqs;
        this.lookup = lookup;
        this.unsent = unsent;
        this.breaker = breaker;
        this.statistics = statistics;
        this.backoff = backoff;
        this.producerId = producerId;
        this.acknowledgements = acknowledgements;
    }

    public void start(int batchesInFlight) {
        for (int number = 1; number <= batchesInFlight; number++) {
            threads.add(Thread.ofPlatform().name("send-" + number).start(this::carry));
        }
    }

    /** Starts no further call; true when all that were under way have ended in time. */
    public boolean stop(Duration limit) {
        stopping = true;
        unsent.stop();
        breaker.stop();
        Instant deadline = Instant.now().plus(limit);
        boolean ended = true;
        for (Thread thread : threads) {
            try {
                ended &= thread.join(Duration.between(Instant.now(), deadline));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return ended;
    }

    private void carry() {
        try {
            while (true) {
                long turn = breaker.awaitTurn();
                if (turn < 0) {
                    return;
                }
                boolean tries = !breaker.isOpen();
                List<OutboxMessage> batch = unsent.take(BATCH_MAX, tries ? Duration.ZERO : IDLE_CHECK);
                if (!batch.isEmpty()) {
                    attempt(turn, batch);
                } else if (!stopping && (tries || isQuiet())) {
                    check(turn);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** True for one thread at a time: enough to keep the status true. */
    private boolean isQuiet() {
        long last = lastAnswerNanos.get();
        long now = System.nanoTime();
        return now - last >= IDLE_CHECK.toNanos() && lastAnswerNanos.compareAndSet(last, now);
    }

    private void check(long turn) {
        try {
            lookup.look();
            answered();
        } catch (SdkException e) {
            failed(turn, List.of(), SendFailure.of(e));
        }
    }

    private void attempt(long turn, List<OutboxMessage> batch) {
        try {
            lookup.url();
        } catch (SdkException e) {
            failed(turn, batch, SendFailure.of(e).nothingSent());
            return;
        }
        try {
            send(turn, batch);
        } catch (SdkException e) {
            failed(turn, batch, SendFailure.of(e));
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "event=bug where=sending");
            failed(turn, batch, new SendFailure("InternalError", String.valueOf(bug.getMessage()), true, false));
        }
    }

    private void answered() {
        lastAnswerNanos.set(System.nanoTime());
        breaker.succeeded();
    }

    private void send(long turn, List<OutboxMessage> batch) {
        String url = lookup.url();
        long begin = System.nanoTime();
        statistics.began();
        SendMessageBatchResponse answer;
        try {
            answer = sqs.sendMessageBatch(request -> request.queueUrl(url)
                    .entries(batch.stream().map(this::entry).toList()));
        } finally {
            statistics.ended();
        }
        Map<String, OutboxMessage> byId =
                batch.stream().collect(Collectors.toMap(Sending::entryId, message -> message));
        List<OutboxMessage> arrived = answer.successful().stream()
                .map(SendMessageBatchResultEntry::id)
                .map(byId::remove)
                .toList();
        if (!arrived.isEmpty()) {
            statistics.acknowledged(arrived.size(), Duration.ofNanos(System.nanoTime() - begin));
            arrived.forEach(message -> refusals.remove(message.sequence()));
            acknowledgements.accept(arrived);
            answered();
        }
        if (byId.isEmpty()) {
            breaker.noteSuccess();
        } else {
            refused(turn, byId, answer.failed(), arrived.isEmpty());
        }
    }

    /** Only these go again. An entry that the answer does not mention at all counts as one of unknown outcome. */
    private void refused(
            long turn, Map<String, OutboxMessage> left, List<BatchResultErrorEntry> failures, boolean allOfThem) {
        SendFailure last = new SendFailure("MissingResult", "the answer leaves out entries of the batch", true, false);
        var again = new ArrayList<OutboxMessage>();
        statistics.failed(left.size());
        for (BatchResultErrorEntry entry : failures) {
            OutboxMessage message = left.remove(entry.id());
            if (message != null) {
                last = SendFailure.of(entry);
                again.add(last.outcomeUnknown() ? message.withUnknownOutcome() : message);
            }
        }
        left.values().forEach(message -> again.add(message.withUnknownOutcome()));
        for (OutboxMessage message : again) {
            int times = refusals.merge(message.sequence(), 1, Integer::sum);
            unsent.addLater(message, backoff.delay(times, ThreadLocalRandom.current()));
        }
        if (allOfThem) {
            breaker.failed(turn, last);
        } else {
            breaker.note(last);
        }
    }

    private void failed(long turn, List<OutboxMessage> batch, SendFailure failure) {
        if (failure.queueMissing()) {
            lookup.forget();
        }
        statistics.failed(1);
        unsent.add(
                failure.outcomeUnknown()
                        ? batch.stream().map(OutboxMessage::withUnknownOutcome).toList()
                        : batch);
        breaker.failed(turn, failure);
    }

    /** The identity travels as attributes too, because a consumer cannot read it from a body that is poison. */
    private SendMessageBatchRequestEntry entry(OutboxMessage message) {
        return SendMessageBatchRequestEntry.builder()
                .id(entryId(message))
                .messageBody(message.body())
                .messageAttributes(Map.of(
                        "producerId", attribute("String", producerId.toString()),
                        "sequence", attribute("Number", Long.toString(message.sequence()))))
                .build();
    }

    private static String entryId(OutboxMessage message) {
        return Long.toString(message.sequence());
    }

    private static MessageAttributeValue attribute(String type, String value) {
        return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
    }
}

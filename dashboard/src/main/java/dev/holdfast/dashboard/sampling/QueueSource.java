package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.dashboard.sqs.LedgerSnapshot;
import dev.holdfast.dashboard.sqs.OperatorApi;
import dev.holdfast.dashboard.sqs.QueueClients;
import dev.holdfast.dashboard.sqs.QueueFigures;
import dev.holdfast.proof.Ledger;
import dev.holdfast.proof.QueueSide;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Reads the depth of the pipeline's two queues: one ledger snapshot where the server keeps one, else the SDK. */
@ApplicationScoped
class QueueSource {
    private static final QueueAttributeName[] DEPTH = {
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED,
        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE
    };

    private final OperatorApi operator;
    private final SqsClient sqs;
    private final PipelineConfig config;
    private final Map<String, String> urls = new HashMap<>();
    private QueueReading last;

    QueueSource(OperatorApi operator, QueueClients clients, PipelineConfig config) {
        this.operator = operator;
        this.sqs = clients.sampling();
        this.config = config;
        this.last = new QueueReading(Contact.unknown(Instant.now()), false, null, null, null);
    }

    /** Asks the server once; called by the sampler's thread only. */
    QueueReading read(Instant now) {
        last = ask(now);
        return last;
    }

    private QueueReading ask(Instant now) {
        try {
            Optional<LedgerSnapshot> snapshot = operator.ledger(List.of(config.queue(), config.deadLetterQueue()));
            return snapshot.map(s -> fromLedger(now, s)).orElseGet(() -> fromSdk(now));
        } catch (IOException e) {
            return failed(now, "no answer");
        } catch (SqsException e) {
            return failed(
                    now,
                    e.awsErrorDetails() == null
                            ? "an error"
                            : e.awsErrorDetails().errorMessage());
        } catch (SdkException e) {
            return failed(now, "no answer");
        }
    }

    private QueueReading fromLedger(Instant now, LedgerSnapshot s) {
        QueueFigures main = s.queue(config.queue()).orElse(null);
        QueueFigures deadLetters = s.queue(config.deadLetterQueue()).orElse(null);
        return new QueueReading(contact(now, main), true, main, deadLetters, evidence(s, main, deadLetters));
    }

    private static @Nullable QueueSide evidence(
            LedgerSnapshot s, @Nullable QueueFigures main, @Nullable QueueFigures dead) {
        Ledger ledger = main == null ? null : main.ledger();
        Ledger deadLedger = dead == null ? null : dead.ledger();
        return main == null || ledger == null
                ? null
                : new QueueSide(
                        ledger,
                        deadLedger == null ? Ledger.EMPTY : deadLedger,
                        s.droppedWithQueues(),
                        s.anyDropped(),
                        main.oldestAgeSeconds());
    }

    private QueueReading fromSdk(Instant now) {
        QueueFigures main = depth(config.queue());
        return new QueueReading(contact(now, main), false, main, depth(config.deadLetterQueue()), null);
    }

    private Contact contact(Instant now, @Nullable QueueFigures main) {
        return main == null
                ? last.contact().failed(now, "there is no queue " + config.queue() + " yet")
                : last.contact().answered(now);
    }

    private QueueReading failed(Instant now, String why) {
        urls.clear();
        return new QueueReading(
                last.contact().failed(now, why), last.ledger(), last.main(), last.deadLetters(), last.evidence());
    }

    private @Nullable QueueFigures depth(String queue) {
        try {
            String url = urls.computeIfAbsent(
                    queue, name -> sqs.getQueueUrl(r -> r.queueName(name)).queueUrl());
            var attributes = sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(DEPTH))
                    .attributes();
            return new QueueFigures(
                    queue,
                    count(attributes.get(DEPTH[0])),
                    count(attributes.get(DEPTH[1])),
                    count(attributes.get(DEPTH[2])),
                    null,
                    null,
                    null,
                    null);
        } catch (QueueDoesNotExistException e) {
            urls.remove(queue);
            return null;
        }
    }

    private static long count(@Nullable String value) {
        return value == null ? 0 : Long.parseLong(value);
    }
}

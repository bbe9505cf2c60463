package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.sqs.LedgerSnapshot;
import dev.holdfast.dashboard.sqs.OperatorApi;
import dev.holdfast.dashboard.sqs.QueueClients;
import dev.holdfast.dashboard.sqs.QueueFigures;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The queues of the account as the console lists them. */
@ApplicationScoped
class Queues {
    /** Each costs a call of its own for attributes and tags; whoever has more narrows the prefix. */
    static final int LISTED_AT_MOST = 100;

    private final SqsClient sqs;
    private final OperatorApi operator;
    private final AnswerCache answers;

    Queues(QueueClients clients, OperatorApi operator, AnswerCache answers) {
        this.sqs = clients.asking();
        this.operator = operator;
        this.answers = answers;
    }

    /** One line of the list. */
    record Row(
            String name,
            boolean fifo,
            long waiting,
            long inFlight,
            long delayed,
            @Nullable Long oldestAgeSeconds,
            @Nullable Instant createdAt,
            @Nullable String deadLetterQueue,
            String tags) {}

    /** @param more whether there are queues beyond these */
    record Listing(Instant at, List<Row> queues, boolean more) {}

    Listing list(String prefix) {
        return answers.ask("list " + prefix, () -> read(prefix));
    }

    /** The queue's URL; a queue that does not exist is SQS's own error. */
    String url(String name) {
        return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    }

    private Listing read(String prefix) {
        var found = sqs.listQueues(r -> {
            r.maxResults(LISTED_AT_MOST);
            if (!prefix.isEmpty()) {
                r.queueNamePrefix(prefix);
            }
        });
        Optional<LedgerSnapshot> ledger = ledger();
        List<Row> rows = new ArrayList<>();
        for (String url : found.queueUrls()) {
            try {
                rows.add(row(url, ledger));
            } catch (QueueDoesNotExistException e) {
                // Deleted between the two calls: then it belongs to no list.
            }
        }
        return new Listing(Instant.now(), rows, found.nextToken() != null);
    }

    private Row row(String url, Optional<LedgerSnapshot> ledger) {
        String name = url.substring(url.lastIndexOf('/') + 1);
        Map<QueueAttributeName, String> a = sqs.getQueueAttributes(
                        r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
        QueueFigures exact = ledger.flatMap(s -> s.queue(name)).orElse(null);
        String created = a.get(QueueAttributeName.CREATED_TIMESTAMP);
        return new Row(
                name,
                name.endsWith(".fifo"),
                exact != null ? exact.waiting() : number(a, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
                exact != null
                        ? exact.inFlight()
                        : number(a, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
                exact != null ? exact.delayed() : number(a, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
                exact == null ? null : exact.oldestAgeSeconds(),
                created == null ? null : Instant.ofEpochSecond(Long.parseLong(created)),
                RedrivePolicies.target(a.get(QueueAttributeName.REDRIVE_POLICY)),
                tags(url));
    }

    private String tags(String url) {
        List<String> words = new ArrayList<>();
        sqs.listQueueTags(r -> r.queueUrl(url)).tags().forEach((key, value) -> words.add(key + "=" + value));
        return String.join(", ", words);
    }

    private Optional<LedgerSnapshot> ledger() {
        try {
            return operator.ledger(List.of());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long number(Map<QueueAttributeName, String> attributes, QueueAttributeName name) {
        String value = attributes.get(name);
        return value == null ? 0 : Long.parseLong(value);
    }
}

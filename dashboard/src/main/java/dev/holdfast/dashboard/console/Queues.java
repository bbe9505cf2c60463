package dev.holdfast.dashboard.console;

import dev.holdfast.dashboard.sqs.LedgerSnapshot;
import dev.holdfast.dashboard.sqs.OperatorApi;
import dev.holdfast.dashboard.sqs.QueueClients;
import dev.holdfast.dashboard.sqs.QueueFigures;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** The queues of the account, however many there are. */
@ApplicationScoped
class Queues {
    /** The most that one answer of ListQueues names. */
    private static final int LISTED_AT_ONCE = 1_000;

    /** Another server than ours is asked for no more names than this. */
    private static final int LISTED_AT_MOST = 20_000;

    private static final Duration TAGS_KEPT = Duration.ofSeconds(30);

    private final SqsClient sqs;
    private final OperatorApi operator;
    private final AnswerCache answers;

    Queues(QueueClients clients, OperatorApi operator, AnswerCache answers) {
        this.sqs = clients.asking();
        this.operator = operator;
        this.answers = answers;
    }

    /** A page of the list, and how many there are in all. */
    record Listing(Instant at, List<QueueRow> queues, QueueQuery query, QueueCounts counts) {}

    /** What is in a page's answer beside its rows. */
    record QueueCounts(int all, int found, int withDeadLetters, int withOldMessages) {}

    /** The page that is asked for. */
    Listing list(QueueQuery query) {
        List<QueueRow> all = all();
        List<QueueRow> found = all.stream()
                .filter(query::wants)
                .sorted(query.order().comparator(query.descending()))
                .toList();
        QueueQuery shown = query.within(found.size());
        List<QueueRow> page = found.stream()
                .skip((long) (shown.page() - 1) * QueueQuery.ROWS)
                .limit(QueueQuery.ROWS)
                .map(this::complete)
                .flatMap(Optional::stream)
                .toList();
        return new Listing(
                Instant.now(),
                page,
                shown,
                new QueueCounts(
                        all.size(),
                        found.size(),
                        (int) all.stream().filter(QueueRow::holdsDeadLetters).count(),
                        (int) all.stream().filter(QueueRow::isOld).count()));
    }

    /** The queue's URL; a queue that does not exist is SQS's own error. */
    String url(String name) {
        return sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    }

    boolean exists(String name) {
        try {
            url(name);
            return true;
        } catch (QueueDoesNotExistException e) {
            return false;
        }
    }

    /** Names that a form can offer, the first in the alphabet. */
    List<String> names(int limit) {
        return all().stream().map(QueueRow::name).sorted().limit(limit).toList();
    }

    private List<QueueRow> all() {
        return answers.ask("all queues", this::read);
    }

    private List<QueueRow> read() {
        List<QueueFigures> figures = ledger().map(LedgerSnapshot::queues).orElseGet(List::of);
        if (figures.isEmpty()) {
            return sqs.listQueuesPaginator(r -> r.maxResults(LISTED_AT_ONCE)).queueUrls().stream()
                    .limit(LISTED_AT_MOST)
                    .map(url -> QueueRow.named(url.substring(url.lastIndexOf('/') + 1)))
                    .toList();
        }
        Set<String> deadLetterQueues = figures.stream()
                .map(QueueFigures::deadLetterQueue)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return figures.stream()
                .map(each -> QueueRow.of(each, deadLetterQueues.contains(each.name())))
                .toList();
    }

    private Optional<LedgerSnapshot> ledger() {
        try {
            return operator.ledger();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** With what only a call for each queue tells; empty when the queue has been deleted meanwhile. */
    private Optional<QueueRow> complete(QueueRow row) {
        try {
            QueueRow counted = row.waiting() != null ? row : row.counted(attributes(row.name()));
            return Optional.of(counted.tagged(answers.ask("tags " + row.name(), TAGS_KEPT, () -> tags(row.name()))));
        } catch (QueueDoesNotExistException e) {
            return Optional.empty();
        }
    }

    private Map<QueueAttributeName, String> attributes(String name) {
        return answers.ask("attributes " + name, () -> {
            String url = url(name);
            return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                    .attributes();
        });
    }

    private String tags(String name) {
        String url = url(name);
        return new TreeMap<>(sqs.listQueueTags(r -> r.queueUrl(url)).tags())
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(", "));
    }
}

package dev.holdfast.queue.queues;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.store.Tx;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The queues that exist, found by name and by ARN.
 *
 * <p>Reading is thread-safe and sees what is committed. Changes run on the writer thread inside a transaction, and show
 * once it is on disk.
 */
public final class Queues {
    private final QueueSettings settings;
    private final Map<Key, Queue> byName = new ConcurrentSkipListMap<>();
    private final Map<Long, Queue> byNumber = new ConcurrentHashMap<>();

    /** The same as the running transaction sees it; writer thread only. */
    private final Map<Key, Queue> working = new HashMap<>();

    private record Key(String account, String name) implements Comparable<Key> {
        static Key of(Queue queue) {
            return new Key(queue.account(), queue.name().value());
        }

        @Override
        public int compareTo(Key other) {
            int byAccount = account.compareTo(other.account);
            return byAccount != 0 ? byAccount : name.compareTo(other.name);
        }
    }

    public Queues(QueueSettings settings) {
        this.settings = settings;
    }

    public QueueSettings settings() {
        return settings;
    }

    /** What the disk says, at a start or after a rollback. */
    public void reset(Collection<Queue> stored) {
        byName.clear();
        byNumber.clear();
        working.clear();
        for (Queue queue : stored) {
            working.put(Key.of(queue), queue);
            publish(queue);
        }
    }

    private void publish(Queue queue) {
        byName.put(Key.of(queue), queue);
        byNumber.put(queue.number(), queue);
    }

    private void put(Tx tx, Queue queue) {
        working.put(Key.of(queue), queue);
        tx.afterCommit(() -> publish(queue));
    }

    public Optional<Queue> find(String account, String name) {
        return Optional.ofNullable(byName.get(new Key(account, name)));
    }

    public Optional<Queue> find(QueueArn arn) {
        return arn.region().equals(settings.region()) ? find(arn.account(), arn.name()) : Optional.empty();
    }

    public Optional<Queue> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    /**
     * The queue that a URL means; without an account in it, the caller's.
     *
     * @throws dev.holdfast.queue.api.SqsException QueueDoesNotExist, InvalidAddress
     */
    public Queue resolve(String queueUrl, String callersAccount) {
        QueueUrl url = QueueUrl.parse(queueUrl);
        return find(url.account() != null ? url.account() : callersAccount, url.name())
                .orElseThrow(Queues::doesNotExist);
    }

    public static RuntimeException doesNotExist() {
        return SqsError.QUEUE_DOES_NOT_EXIST.because("The specified queue does not exist.");
    }

    /** An account's queues whose names begin with the prefix, by name, after the one given. */
    public List<Queue> list(String account, String prefix, @Nullable String afterName, int limit) {
        return byName.values().stream()
                .filter(queue -> queue.account().equals(account))
                .filter(queue -> queue.name().value().startsWith(prefix))
                .filter(queue -> afterName == null || queue.name().value().compareTo(afterName) > 0)
                .limit(limit)
                .toList();
    }

    public Collection<Queue> all() {
        return byName.values();
    }

    /** The queues that name this one as their dead-letter queue. */
    public List<Queue> sourcesOf(Queue deadLetterQueue) {
        QueueArn arn = deadLetterQueue.arn(settings.region());
        return byName.values().stream()
                .filter(queue -> queue.attributes().redrivePolicy().stream()
                        .anyMatch(policy -> policy.deadLetterTarget().equals(arn)))
                .toList();
    }

    /** The queue that was asked for, and whether it had to be created. */
    public record Created(Queue queue, boolean isNew) {}

    /**
     * Creates a queue, or finds the one that has this name and these attributes.
     *
     * @throws dev.holdfast.queue.api.SqsException QueueNameExists naming the attribute that differs, QueueDeletedRecently,
     *     InvalidAttributeName, InvalidAttributeValue
     */
    public Created create(Tx tx, String account, QueueName name, Map<String, String> asked, Map<String, String> tags)
            throws SQLException {
        QueueAttributes attributes = QueueAttributes.forNew(name, asked);
        QueueTags.check(tags);
        Queue existing = working.get(new Key(account, name.value()));
        if (existing != null) {
            requireSame(existing, attributes);
            return new Created(existing, false);
        }
        long pause = Limits.PURGE_AND_DELETE_PAUSE.toMillis();
        if (settings.strictTiming() && QueueStore.lastDroppedMillis(tx, account, name) > tx.nowMillis() - pause) {
            throw SqsError.QUEUE_DELETED_RECENTLY.because(
                    "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
        }
        requireDeadLetterQueue(account, name, attributes);
        long number = QueueStore.insert(tx, account, name, attributes, tags);
        Queue queue = new Queue(
                number,
                account,
                name,
                tx.nowMillis(),
                tx.nowMillis(),
                attributes,
                Map.copyOf(tags),
                attributes.deduplicatesPerGroup());
        put(tx, queue);
        return new Created(queue, true);
    }

    private static void requireSame(Queue existing, QueueAttributes asked) {
        existing.attributes().firstDifference(asked).ifPresent(attribute -> {
            throw SqsError.QUEUE_NAME_EXISTS.because(
                    "A queue already exists with the same name and a different value for attribute "
                            + attribute.wireName());
        });
    }

    /** Returns the queue as it is from now on. The queue given is the one its stock knows. */
    public Queue setAttributes(Tx tx, Queue queue, Map<String, String> asked) throws SQLException {
        QueueAttributes changed = queue.attributes().with(asked);
        requireDeadLetterQueue(queue.account(), queue.name(), changed);
        return replace(tx, queue.with(changed, tx.nowMillis()));
    }

    public Queue setTags(Tx tx, Queue queue, Map<String, String> tags) throws SQLException {
        QueueTags.check(tags);
        return replace(tx, queue.withTags(Map.copyOf(tags)));
    }

    private Queue replace(Tx tx, Queue changed) throws SQLException {
        QueueStore.updateDefinition(tx, changed);
        put(tx, changed);
        return changed;
    }

    public void drop(Tx tx, Queue queue) throws SQLException {
        QueueStore.drop(tx, queue);
        working.remove(Key.of(queue));
        tx.afterCommit(() -> {
            byName.remove(Key.of(queue));
            byNumber.remove(queue.number());
        });
    }

    /** The target of a redrive policy exists, is of the same kind, in the same account and region, and allows it. */
    private void requireDeadLetterQueue(String account, QueueName source, QueueAttributes attributes) {
        RedrivePolicy policy = attributes.redrivePolicy().orElse(null);
        if (policy == null) {
            return;
        }
        QueueArn arn = policy.deadLetterTarget();
        Queue target = arn.region().equals(settings.region()) ? working.get(new Key(arn.account(), arn.name())) : null;
        if (target == null) {
            throw invalid(policy, "Dead letter target does not exist.");
        }
        if (target.isFifo() != source.isFifo()) {
            throw invalid(policy, "Dead-letter queue must be same type of queue as the source.");
        }
        if (!arn.account().equals(account)) {
            throw invalid(policy, "Dead-letter queue must be owned by the same account as the source.");
        }
        if (!target.attributes()
                .redriveAllowPolicy()
                .allows(new QueueArn(settings.region(), account, source.value()))) {
            throw invalid(policy, "The dead-letter queue's RedriveAllowPolicy does not allow this source queue.");
        }
    }

    private static RuntimeException invalid(RedrivePolicy policy, String reason) {
        return SqsError.INVALID_PARAMETER_VALUE.because(
                "Value " + policy.toJson() + " for parameter RedrivePolicy is invalid. Reason: " + reason);
    }
}

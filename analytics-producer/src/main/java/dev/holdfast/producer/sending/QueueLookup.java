package dev.holdfast.producer.sending;

import dev.holdfast.producer.config.QueueConfig;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** Finds the queue's URL, and creates the queue with its dead-letter queue where that is wanted. Thread-safe. */
public final class QueueLookup {
    /** Whether and how missing queues are made. */
    public record Creation(boolean wanted, Duration visibilityTimeout) {}

    private static final Logger LOG = Logger.getLogger(QueueLookup.class);

    /** A message that five receives did not get deleted goes to the dead-letter queue. */
    private static final int MAX_RECEIVE_COUNT = 5;

    private final SqsClient sqs;
    private final String queue;
    private final String deadLetterQueue;
    private final Creation creation;
    private volatile @Nullable String url;

    public QueueLookup(SqsClient sqs, QueueConfig names, Creation creation) {
        this.sqs = sqs;
        this.queue = names.queue();
        this.deadLetterQueue = names.deadLetterQueue();
        this.creation = creation;
    }

    /** The URL found last, or null. */
    public @Nullable String known() {
        return url;
    }

    /** The queue is not where it was: the next call looks it up again. */
    void forget() {
        url = null;
    }

    String url() {
        String found = url;
        return found == null ? look() : found;
    }

    /** Asks the server, whatever is known. */
    synchronized String look() {
        String found;
        if (creation.wanted()) {
            String deadLetterUrl = findOrCreate(deadLetterQueue, Map.of());
            found = find(queue);
            if (found == null) {
                found = findOrCreate(
                        queue,
                        Map.of(
                                QueueAttributeName.REDRIVE_POLICY, redrivePolicy(deadLetterUrl),
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                        Long.toString(
                                                creation.visibilityTimeout().toSeconds())));
            }
        } else {
            found = sqs.getQueueUrl(request -> request.queueName(queue)).queueUrl();
        }
        url = found;
        return found;
    }

    private String findOrCreate(String name, Map<QueueAttributeName, String> attributes) {
        String found = find(name);
        if (found != null) {
            return found;
        }
        String created = sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
        LOG.infof("event=queue-created name=%s url=%s", name, created);
        return created;
    }

    private @Nullable String find(String name) {
        try {
            return sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
        } catch (QueueDoesNotExistException missing) {
            return null;
        }
    }

    private String redrivePolicy(String deadLetterUrl) {
        String arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(deadLetterUrl).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        return "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(arn, MAX_RECEIVE_COUNT);
    }
}

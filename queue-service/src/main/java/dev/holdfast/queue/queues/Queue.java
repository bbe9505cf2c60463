package dev.holdfast.queue.queues;

import java.util.Map;

/**
 * A queue as it is defined now; replaced, never changed, when its attributes or tags are.
 *
 * @param number never used again, and in the high bits of its messages' ids
 * @param account the owner, twelve digits
 * @param createdAtMillis milliseconds since 1970, like modifiedAtMillis
 * @param deduplicatesPerGroup whether the same deduplication id in two groups names two messages; as the queue was created
 */
public record Queue(
        long number,
        String account,
        QueueName name,
        long createdAtMillis,
        long modifiedAtMillis,
        QueueAttributes attributes,
        Map<String, String> tags,
        boolean deduplicatesPerGroup) {

    public boolean isFifo() {
        return name.isFifo();
    }

    public QueueArn arn(String region) {
        return new QueueArn(region, account, name.value());
    }

    Queue with(QueueAttributes changed, long nowMillis) {
        return new Queue(number, account, name, createdAtMillis, nowMillis, changed, tags, deduplicatesPerGroup);
    }

    Queue withTags(Map<String, String> changed) {
        return new Queue(
                number, account, name, createdAtMillis, modifiedAtMillis, attributes, changed, deduplicatesPerGroup);
    }
}

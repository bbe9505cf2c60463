package dev.holdfast.queue.queues;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.policy.Policy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a queue was told, checked and in one spelling, with the values that the hot path reads parsed once. Immutable.
 */
public final class QueueAttributes {
    private final EnumMap<QueueAttribute, String> given;
    private final Duration delay;
    private final Duration visibilityTimeout;
    private final Duration retention;
    private final Duration receiveWait;
    private final int maximumMessageSizeBytes;
    private final @Nullable RedrivePolicy redrivePolicy;
    private final RedriveAllowPolicy redriveAllowPolicy;
    private final @Nullable Policy policy;

    private QueueAttributes(EnumMap<QueueAttribute, String> given) {
        this.given = given;
        this.delay = seconds(QueueAttribute.DELAY_SECONDS);
        this.visibilityTimeout = seconds(QueueAttribute.VISIBILITY_TIMEOUT);
        this.retention = seconds(QueueAttribute.MESSAGE_RETENTION_PERIOD);
        this.receiveWait = seconds(QueueAttribute.RECEIVE_MESSAGE_WAIT_TIME_SECONDS);
        this.maximumMessageSizeBytes = Integer.parseInt(value(QueueAttribute.MAXIMUM_MESSAGE_SIZE));
        String redrive = given.get(QueueAttribute.REDRIVE_POLICY);
        this.redrivePolicy = redrive == null ? null : RedrivePolicy.parse(redrive);
        String policyDocument = given.get(QueueAttribute.POLICY);
        this.policy = policyDocument == null ? null : Policy.stored(policyDocument);
        this.redriveAllowPolicy = RedriveAllowPolicy.parse(given.get(QueueAttribute.REDRIVE_ALLOW_POLICY));
    }

    /** As stored: already checked. */
    static QueueAttributes stored(Map<String, String> stored) {
        EnumMap<QueueAttribute, String> given = new EnumMap<>(QueueAttribute.class);
        stored.forEach((name, value) -> given.put(QueueAttribute.named(name), value));
        return new QueueAttributes(given);
    }

    /**
     * The attributes of a queue to be created.
     *
     * @throws dev.holdfast.queue.api.SqsException InvalidAttributeName, InvalidAttributeValue
     */
    static QueueAttributes forNew(QueueName name, Map<String, String> asked) {
        EnumMap<QueueAttribute, String> given = normalized(name.isFifo(), asked, true);
        boolean fifoAsked = "true".equals(given.get(QueueAttribute.FIFO_QUEUE));
        if (fifoAsked && !name.isFifo()) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
        }
        if (name.isFifo() && !fifoAsked) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length. A name that ends with .fifo needs the attribute FifoQueue=true.");
        }
        return checked(given);
    }

    /** These attributes with some of them set anew; an empty policy or key removes itself. */
    QueueAttributes with(Map<String, String> asked) {
        EnumMap<QueueAttribute, String> changed = new EnumMap<>(given);
        normalized(isFifo(), asked, false).forEach((attribute, value) -> {
            if (value.isEmpty()) {
                changed.remove(attribute);
            } else {
                changed.put(attribute, value);
            }
            if (attribute == QueueAttribute.KMS_MASTER_KEY_ID) {
                changed.remove(
                        value.isEmpty()
                                ? QueueAttribute.KMS_DATA_KEY_REUSE_PERIOD_SECONDS
                                : QueueAttribute.SQS_MANAGED_SSE_ENABLED);
            }
            if (attribute == QueueAttribute.SQS_MANAGED_SSE_ENABLED && value.equals("true")) {
                changed.remove(QueueAttribute.KMS_MASTER_KEY_ID);
            }
        });
        return checked(changed);
    }

    private static EnumMap<QueueAttribute, String> normalized(
            boolean fifo, Map<String, String> asked, boolean creating) {
        EnumMap<QueueAttribute, String> given = new EnumMap<>(QueueAttribute.class);
        asked.forEach((name, value) -> {
            QueueAttribute attribute = QueueAttribute.named(name);
            if (attribute.access() == QueueAttribute.Access.READ_ONLY) {
                throw QueueAttribute.unknown(name);
            }
            if (!creating || attribute != QueueAttribute.FIFO_QUEUE) {
                attribute.requireFor(fifo);
            }
            String normal = attribute.normalize(value);
            if (attribute == QueueAttribute.FIFO_QUEUE && normal.equals("false")) {
                throw creating ? attribute.invalid() : attribute.invalid("Modifying queue type is not supported.");
            }
            given.put(attribute, normal);
        });
        requireOneEncryption(given);
        if (creating) {
            given.values().removeIf(String::isEmpty);
        }
        return given;
    }

    /** Asked for together; asked for alone, the one replaces the other. */
    private static void requireOneEncryption(EnumMap<QueueAttribute, String> given) {
        String key = given.get(QueueAttribute.KMS_MASTER_KEY_ID);
        if (key != null && !key.isEmpty() && "true".equals(given.get(QueueAttribute.SQS_MANAGED_SSE_ENABLED))) {
            throw SqsError.INVALID_ATTRIBUTE_NAME.because(
                    "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.");
        }
        if (given.containsKey(QueueAttribute.KMS_DATA_KEY_REUSE_PERIOD_SECONDS)) {
            // Recorded: who speaks of KMS, even without a key, has turned the other off.
            given.putIfAbsent(QueueAttribute.SQS_MANAGED_SSE_ENABLED, "false");
        }
        if (key != null && key.isEmpty()) {
            given.remove(QueueAttribute.KMS_DATA_KEY_REUSE_PERIOD_SECONDS);
        }
    }

    private static QueueAttributes checked(EnumMap<QueueAttribute, String> given) {
        if ("perMessageGroupId".equals(given.get(QueueAttribute.FIFO_THROUGHPUT_LIMIT))
                && !"messageGroup".equals(given.get(QueueAttribute.DEDUPLICATION_SCOPE))) {
            throw QueueAttribute.FIFO_THROUGHPUT_LIMIT.invalid(
                    "perMessageGroupId needs the attribute DeduplicationScope=messageGroup.");
        }
        return new QueueAttributes(given);
    }

    private Duration seconds(QueueAttribute attribute) {
        return Duration.ofSeconds(Long.parseLong(value(attribute)));
    }

    private String value(QueueAttribute attribute) {
        String value = given.get(attribute);
        return value != null ? value : attribute.defaultValue().orElseThrow();
    }

    /** What this queue was told, by wire name, to be stored. */
    Map<String, String> toStore() {
        return byWireName(given);
    }

    /** What a client sees: what was told, and the defaults of the rest. */
    public Map<QueueAttribute, String> shown() {
        EnumMap<QueueAttribute, String> shown = new EnumMap<>(QueueAttribute.class);
        for (QueueAttribute attribute : QueueAttribute.values()) {
            if (attribute.fits(isFifo())) {
                attribute.defaultValue().ifPresent(value -> shown.put(attribute, value));
            }
        }
        shown.putAll(given);
        boolean kms = given.containsKey(QueueAttribute.KMS_MASTER_KEY_ID);
        shown.putIfAbsent(QueueAttribute.SQS_MANAGED_SSE_ENABLED, kms ? "false" : "true");
        if (kms) {
            shown.putIfAbsent(QueueAttribute.KMS_DATA_KEY_REUSE_PERIOD_SECONDS, "300");
        }
        return shown;
    }

    /** The first of the attributes asked for whose value here is another, for CreateQueue on an existing queue. */
    Optional<QueueAttribute> firstDifference(QueueAttributes asked) {
        Map<QueueAttribute, String> mine = shown();
        return asked.given.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(mine.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Map<String, String> byWireName(EnumMap<QueueAttribute, String> attributes) {
        Map<String, String> named = new LinkedHashMap<>();
        attributes.forEach((attribute, value) -> named.put(attribute.wireName(), value));
        return named;
    }

    public boolean isFifo() {
        return given.containsKey(QueueAttribute.FIFO_QUEUE);
    }

    public Duration delay() {
        return delay;
    }

    public Duration visibilityTimeout() {
        return visibilityTimeout;
    }

    public Duration retention() {
        return retention;
    }

    public Duration receiveWait() {
        return receiveWait;
    }

    public int maximumMessageSizeBytes() {
        return maximumMessageSizeBytes;
    }

    public Optional<RedrivePolicy> redrivePolicy() {
        return Optional.ofNullable(redrivePolicy);
    }

    public RedriveAllowPolicy redriveAllowPolicy() {
        return redriveAllowPolicy;
    }

    /** Who may do what beside the owner, where that is said. */
    public Optional<Policy> policy() {
        return Optional.ofNullable(policy);
    }

    /** The policy as it is shown; null where none is set. */
    public @Nullable String policyDocument() {
        return given.get(QueueAttribute.POLICY);
    }

    public boolean contentBasedDeduplication() {
        return "true".equals(given.get(QueueAttribute.CONTENT_BASED_DEDUPLICATION));
    }

    /** Whether deduplication ids are to be told apart per message group, by a queue created with these. */
    public boolean deduplicatesPerGroup() {
        return "messageGroup".equals(given.get(QueueAttribute.DEDUPLICATION_SCOPE));
    }
}

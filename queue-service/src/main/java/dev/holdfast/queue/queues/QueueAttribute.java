package dev.holdfast.queue.queues;

import static dev.holdfast.queue.queues.QueueAttribute.Access.CREATE_ONLY;
import static dev.holdfast.queue.queues.QueueAttribute.Access.FIFO;
import static dev.holdfast.queue.queues.QueueAttribute.Access.READ_ONLY;
import static dev.holdfast.queue.queues.QueueAttribute.Access.SETTABLE;

import dev.holdfast.queue.api.Characters;
import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every attribute of a queue, one row each: its name, who may set it, its default, and the rule for its value. */
public enum QueueAttribute {
    DELAY_SECONDS("DelaySeconds", SETTABLE, "0", AttributeRule.range(0, Limits.MAX_DELAY_SECONDS)),
    MAXIMUM_MESSAGE_SIZE(
            "MaximumMessageSize",
            SETTABLE,
            Integer.toString(Limits.MAX_MESSAGE_BYTES),
            AttributeRule.range(Limits.MIN_MAXIMUM_MESSAGE_BYTES, Limits.MAX_MESSAGE_BYTES)),
    MESSAGE_RETENTION_PERIOD(
            "MessageRetentionPeriod",
            SETTABLE,
            "345600",
            AttributeRule.range(Limits.MIN_RETENTION_SECONDS, Limits.MAX_RETENTION_SECONDS)),
    RECEIVE_MESSAGE_WAIT_TIME_SECONDS(
            "ReceiveMessageWaitTimeSeconds", SETTABLE, "0", AttributeRule.range(0, Limits.MAX_WAIT_SECONDS)),
    VISIBILITY_TIMEOUT("VisibilityTimeout", SETTABLE, "30", AttributeRule.range(0, Limits.MAX_VISIBILITY_SECONDS)),
    POLICY("Policy", SETTABLE, null, AttributeRule.policy()),
    REDRIVE_POLICY("RedrivePolicy", SETTABLE, null, AttributeRule.redrivePolicy()),
    REDRIVE_ALLOW_POLICY("RedriveAllowPolicy", SETTABLE, null, AttributeRule.redriveAllowPolicy()),
    KMS_MASTER_KEY_ID("KmsMasterKeyId", SETTABLE, null, AttributeRule.any()),
    // The default stands only beside a key.
    KMS_DATA_KEY_REUSE_PERIOD_SECONDS("KmsDataKeyReusePeriodSeconds", SETTABLE, null, AttributeRule.range(60, 86_400)),
    // "true" unless KMS is set.
    SQS_MANAGED_SSE_ENABLED("SqsManagedSseEnabled", SETTABLE, null, AttributeRule.bool()),
    FIFO_QUEUE("FifoQueue", CREATE_ONLY, null, AttributeRule.bool()),
    CONTENT_BASED_DEDUPLICATION("ContentBasedDeduplication", FIFO, "false", AttributeRule.bool()),
    DEDUPLICATION_SCOPE("DeduplicationScope", FIFO, "queue", AttributeRule.oneOf("queue", "messageGroup")),
    FIFO_THROUGHPUT_LIMIT(
            "FifoThroughputLimit", FIFO, "perQueue", AttributeRule.oneOf("perQueue", "perMessageGroupId")),
    APPROXIMATE_NUMBER_OF_MESSAGES("ApproximateNumberOfMessages", READ_ONLY, null, AttributeRule.any()),
    APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE(
            "ApproximateNumberOfMessagesNotVisible", READ_ONLY, null, AttributeRule.any()),
    APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED("ApproximateNumberOfMessagesDelayed", READ_ONLY, null, AttributeRule.any()),
    CREATED_TIMESTAMP("CreatedTimestamp", READ_ONLY, null, AttributeRule.any()),
    LAST_MODIFIED_TIMESTAMP("LastModifiedTimestamp", READ_ONLY, null, AttributeRule.any()),
    QUEUE_ARN("QueueArn", READ_ONLY, null, AttributeRule.any());

    /** The name that asks for all of them. */
    public static final String ALL = "All";

    private static final Map<String, QueueAttribute> BY_NAME = new TreeMap<>();

    static {
        for (QueueAttribute attribute : values()) {
            BY_NAME.put(attribute.wireName, attribute);
        }
    }

    enum Access {
        /** By CreateQueue and SetQueueAttributes. */
        SETTABLE,
        /** The same, on FIFO queues only. */
        FIFO,
        CREATE_ONLY,
        READ_ONLY
    }

    private final String wireName;
    private final Access access;
    private final @Nullable String defaultValue;
    private final AttributeRule rule;

    QueueAttribute(String wireName, Access access, @Nullable String defaultValue, AttributeRule rule) {
        this.wireName = wireName;
        this.access = access;
        this.defaultValue = defaultValue;
        this.rule = rule;
    }

    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidAttributeName
     */
    public static QueueAttribute named(String wireName) {
        QueueAttribute attribute = BY_NAME.get(wireName);
        if (attribute == null) {
            throw unknown(wireName);
        }
        return attribute;
    }

    static RuntimeException unknown(String wireName) {
        return SqsError.INVALID_ATTRIBUTE_NAME.because("Unknown Attribute " + wireName + ".");
    }

    public String wireName() {
        return wireName;
    }

    Access access() {
        return access;
    }

    /** Whether a queue of that type has the attribute. */
    boolean fits(boolean fifo) {
        return fifo || (access != FIFO && access != CREATE_ONLY);
    }

    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidAttributeName, in the words that Amazon SQS has for the attribute
     */
    public void requireFor(boolean fifo) {
        if (!fits(fifo)) {
            throw this == DEDUPLICATION_SCOPE || this == FIFO_THROUGHPUT_LIMIT
                    ? SqsError.INVALID_ATTRIBUTE_NAME.because(
                            "You can specify the " + wireName + " only when FifoQueue is set to true.")
                    : unknown(wireName);
        }
    }

    /** What a queue has that was told nothing; empty where such a queue does not show the attribute. */
    Optional<String> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    /** The value as it is stored and shown: numbers and booleans in one spelling. */
    String normalize(String value) {
        String normal = rule.normalize(this, value);
        String why = Characters.whyForbidden(normal, "the attribute's value");
        if (why != null) {
            throw invalid(why);
        }
        return normal;
    }

    RuntimeException invalid() {
        return SqsError.INVALID_ATTRIBUTE_VALUE.because("Invalid value for the parameter " + wireName + ".");
    }

    RuntimeException invalid(String reason) {
        return SqsError.INVALID_ATTRIBUTE_VALUE.because(
                "Invalid value for the parameter " + wireName + ". Reason: " + reason);
    }
}

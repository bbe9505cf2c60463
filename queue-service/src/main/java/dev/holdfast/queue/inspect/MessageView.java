package dev.holdfast.queue.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stored message as the operator's API shows it.
 *
 * @param key names it for what is done with selected messages: no two messages ever share one
 */
record MessageView(
        String key,
        String messageId,
        String state,
        String sentAt,
        @Nullable String firstReceivedAt,
        int receiveCount,
        @Nullable Long changesInMillis,
        @Nullable String messageGroupId,
        @Nullable String messageDeduplicationId,
        @Nullable String sequenceNumber,
        @Nullable String deadLetterQueueSourceArn,
        long sizeBytes,
        @Nullable String body,
        Map<String, Attribute> attributes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String why) {

    /** A message attribute, with AWS's member names. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Attribute(
            @JsonProperty("DataType") String dataType,
            @JsonProperty("StringValue") @Nullable String stringValue,
            @JsonProperty("BinaryValue") @Nullable String binaryValueInBase64) {}

    MessageView because(String reason) {
        return new MessageView(
                key,
                messageId,
                state,
                sentAt,
                firstReceivedAt,
                receiveCount,
                changesInMillis,
                messageGroupId,
                messageDeduplicationId,
                sequenceNumber,
                deadLetterQueueSourceArn,
                sizeBytes,
                body,
                attributes,
                reason);
    }
}

package dev.holdfast.queue.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of a message attribute as it travels: a data type with an optional label ("Number.euro"), and a string or
 * bytes. The two lists are reserved by SQS and always refused.
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes are handed through and never compared.
public record MessageAttributeValue(
        @Nullable String stringValue,
        byte @Nullable [] binaryValue,
        List<String> stringListValues,
        List<byte[]> binaryListValues,
        String dataType) {

    public static MessageAttributeValue string(String value) {
        return new MessageAttributeValue(value, null, List.of(), List.of(), "String");
    }
}

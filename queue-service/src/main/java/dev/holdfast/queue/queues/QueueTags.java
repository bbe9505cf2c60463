package dev.holdfast.queue.queues;

import dev.holdfast.queue.api.Limits;
import dev.holdfast.queue.api.SqsError;
import java.util.Locale;
import java.util.Map;

/** Cost allocation tags: at most 50, keys of 1 to 128 characters and values of 0 to 256 (SQS Developer Guide). */
final class QueueTags {
    private QueueTags() {}

    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidParameterValue naming the key
     */
    static void check(Map<String, String> tags) {
        if (tags.size() > Limits.MAX_TAGS) {
            throw SqsError.INVALID_PARAMETER_VALUE.because(
                    "Too many tags for the queue: at most " + Limits.MAX_TAGS + ".");
        }
        tags.forEach((key, value) -> {
            if (key.isEmpty()
                    || key.length() > Limits.MAX_TAG_KEY_LENGTH
                    || key.toLowerCase(Locale.ROOT).startsWith("aws:")
                    || !isLegal(key)) {
                throw SqsError.INVALID_PARAMETER_VALUE.because(
                        "The tag key \"" + shortened(key)
                                + "\" is not valid: 1 to 128 letters, digits, spaces and _ . : / = + - @, not beginning with aws:.");
            }
            if (value.length() > Limits.MAX_TAG_VALUE_LENGTH || !isLegal(value)) {
                throw SqsError.INVALID_PARAMETER_VALUE.because("The value of the tag \"" + key
                        + "\" is not valid: up to 256 letters, digits, spaces and _ . : / = + - @.");
            }
        });
    }

    private static boolean isLegal(String text) {
        return text.codePoints()
                .allMatch(c -> Character.isLetterOrDigit(c) || Character.isSpaceChar(c) || "_.:/=+-@".indexOf(c) >= 0);
    }

    private static String shortened(String text) {
        return text.length() <= 128 ? text : text.substring(0, 128) + "…";
    }
}

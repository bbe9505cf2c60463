package dev.holdfast.queue.queues;

import dev.holdfast.queue.api.SqsError;
import org.jspecify.annotations.Nullable;

/**
 * What a queue URL says: the account and the name. The host does not matter, since a server is reached by many names; a
 * bare queue name is understood too. The URL is parsed and never fetched.
 *
 * @param account null where the URL names none
 */
public record QueueUrl(@Nullable String account, String name) {

    /**
     * @throws dev.holdfast.queue.api.SqsException InvalidAddress when no queue name is in it
     */
    public static QueueUrl parse(String text) {
        int scheme = text.indexOf("://");
        int pathStart = scheme < 0 ? 0 : text.indexOf('/', scheme + 3);
        String path = pathStart < 0 ? "" : text.substring(pathStart);
        String[] parts = path.split("/", -1);
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            throw SqsError.INVALID_ADDRESS.because(
                    "The address " + shortened(text) + " is not valid for this endpoint.");
        }
        String account = parts.length >= 2 && !parts[parts.length - 2].isEmpty() ? parts[parts.length - 2] : null;
        return new QueueUrl(account, name);
    }

    /** The URL under which a client sees the queue. */
    public static String of(String baseUrl, String account, String name) {
        return baseUrl + "/" + account + "/" + name;
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}

package dev.holdfast.queue.queues;

import dev.holdfast.queue.api.SqsError;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a queue URL says: the account and the name. The host does not matter, since a server is reached by many names; a
 * bare queue name is understood too. The URL is parsed and never fetched.
 *
 * @param account null where the URL names none
 */
public record QueueUrl(@Nullable String account, String name) {

    /**
     * Slashes may be doubled, and stand at the end.
     *
     * @throws dev.holdfast.queue.api.SqsException when no queue name is in it: QueueDoesNotExist for the URL of another host,
     *     as recorded, else InvalidAddress
     */
    public static QueueUrl parse(String text) {
        int scheme = text.indexOf("://");
        int hostStart = scheme < 0 ? 0 : scheme + 3;
        int pathStart = scheme < 0 ? 0 : text.indexOf('/', hostStart);
        List<String> parts = pathStart < 0
                ? List.of()
                : Arrays.stream(text.substring(pathStart).split("/"))
                        .filter(part -> !part.isEmpty())
                        .toList();
        if (parts.isEmpty()) {
            throw isOfThisMachine(text.substring(hostStart))
                    ? SqsError.INVALID_ADDRESS.because(
                            "The address " + shortened(text) + " is not valid for this endpoint.")
                    : Queues.doesNotExist();
        }
        return new QueueUrl(parts.size() < 2 ? null : parts.get(parts.size() - 2), parts.getLast());
    }

    private static boolean isOfThisMachine(String authority) {
        return authority.isEmpty()
                || authority.startsWith("/")
                || authority.startsWith("localhost")
                || authority.startsWith("127.")
                || authority.startsWith("[::1]");
    }

    /** The URL under which a client sees the queue. */
    public static String of(String baseUrl, String account, String name) {
        return baseUrl + "/" + account + "/" + name;
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}

package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.SqsError;
import io.vertx.core.MultiMap;

/**
 * Refuses what an image or a link in a page could make a browser do where the browser does not say which page it was: for a name that
 * is neither localhost nor reached over TLS it sends no Sec-Fetch-Site, with a GET no Origin, and a page can have the Referer left out.
 * Where one of them came, the guard has looked at it already.
 */
final class UnaskedChanges {
    private UnaskedChanges() {}

    /** @throws dev.holdfast.queue.api.SqsException AccessDenied for an unsigned request of a browser that changes something */
    static void refuse(Request request, MultiMap headers) {
        if (isFromUnknownPage(headers) && !readsOnly(request)) {
            throw SqsError.ACCESS_DENIED.because(
                    "A browser sent this without a word about the page it comes from (Origin, Sec-Fetch-Site or Referer), so that it may be"
                            + " an image or a link of another site. Only programs may do so without a signature.");
        }
    }

    private static boolean isFromUnknownPage(MultiMap headers) {
        String program = headers.get("User-Agent");
        // PowerShell says that it is Mozilla, too, but asks for nothing in particular.
        return program != null
                && program.startsWith("Mozilla/")
                && headers.contains("Accept")
                && !headers.contains("Origin")
                && !headers.contains("Sec-Fetch-Site")
                && !headers.contains("Referer");
    }

    private static boolean readsOnly(Request request) {
        return request instanceof Request.GetQueueUrl
                || request instanceof Request.GetQueueAttributes
                || request instanceof Request.ListQueues
                || request instanceof Request.ListQueueTags
                || request instanceof Request.ListDeadLetterSourceQueues
                || request instanceof Request.ListMessageMoveTasks;
    }
}

package dev.holdfast.queue.wire;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A wire format of the SQS API: how a request is read, and how its answer is written. Stateless. */
public sealed interface Protocol permits JsonProtocol, QueryProtocol {
    Protocol JSON = new JsonProtocol();
    String FORM = "application/x-www-form-urlencoded";
    QueryProtocol QUERY = new QueryProtocol();

    /**
     * Which protocol a request speaks, by its headers. The content type decides: an old client sends a form with an
     * X-Amz-Target.
     */
    static Protocol of(MultiMap headers, QueryProtocol forms) {
        boolean isJson = !isOfType(headers, FORM)
                && (isOfType(headers, JsonProtocol.MEDIA_TYPE) || headers.contains(JsonProtocol.TARGET));
        return isJson ? JSON : forms.accepting(headers.get(HttpHeaders.ACCEPT));
    }

    private static boolean isOfType(MultiMap headers, String mediaType) {
        String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith(mediaType);
    }

    /** In which protocol to refuse a request that is not read: JSON, unless it is a form. */
    static Protocol ofRefused(MultiMap headers, @Nullable String query) {
        boolean isForm = isOfType(headers, FORM) || (query != null && query.contains("Action="));
        return isForm ? of(headers, QUERY) : JSON;
    }

    CharSequence contentType();

    /** Of the answer that tells of a refusal. */
    CharSequence contentType(SqsException refusal);

    /**
     * @param baseUrl what queue URLs start with, for a request that names its queue by the path it was sent to
     * @throws SqsException for bytes that are no request: unknown action, broken syntax, wrong type, missing member
     */
    Request read(HttpMessage message, String baseUrl);

    void write(Request request, Result result, String requestId, AnswerBuffer out) throws IOException;

    void write(SqsException refusal, String requestId, AnswerBuffer out) throws IOException;
}

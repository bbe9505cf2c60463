package dev.holdfast.queue.wire;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A wire format of the SQS API: how a request is read, and how its answer is written. Stateless. */
public sealed interface Protocol permits JsonProtocol, QueryProtocol, QueryAsJson {
    Protocol JSON = new JsonProtocol();
    Protocol QUERY = new QueryProtocol();

    /** Which protocol a request speaks, by its headers. */
    static Protocol of(MultiMap headers, Protocol forms) {
        String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
        boolean isJson = headers.contains(JsonProtocol.TARGET)
                || (contentType != null && contentType.startsWith(JsonProtocol.MEDIA_TYPE));
        return isJson ? JSON : forms;
    }

    /** In which protocol to refuse a request that is not read: JSON, unless it is a form. */
    static Protocol ofRefused(MultiMap headers, @Nullable String query) {
        String contentType = headers.get(HttpHeaders.CONTENT_TYPE);
        boolean isForm = (contentType != null && contentType.startsWith("application/x-www-form-urlencoded"))
                || (query != null && query.contains("Action="));
        return isForm ? of(headers, QUERY) : JSON;
    }

    CharSequence contentType();

    /**
     * @param baseUrl what queue URLs start with, for a request that names its queue by the path it was sent to
     * @throws SqsException for bytes that are no request: unknown action, broken syntax, wrong type, missing member
     */
    Request read(HttpMessage message, String baseUrl);

    void write(Request request, Result result, String requestId, AnswerBuffer out) throws IOException;

    void write(SqsException refusal, String requestId, AnswerBuffer out) throws IOException;
}

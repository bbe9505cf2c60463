package dev.holdfast.queue.wire;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsException;
import java.io.IOException;

/** A wire format of the SQS API: how a request is read, and how its answer is written. Stateless. */
public sealed interface Protocol permits JsonProtocol, QueryProtocol, QueryAsJson {

    CharSequence contentType();

    /**
     * @param baseUrl what queue URLs start with, for a request that names its queue by the path it was sent to
     * @throws SqsException for bytes that are no request: unknown action, broken syntax, wrong type, missing member
     */
    Request read(HttpMessage message, String baseUrl);

    void write(Request request, Result result, String requestId, AnswerBuffer out) throws IOException;

    void write(SqsException refusal, String requestId, AnswerBuffer out) throws IOException;
}

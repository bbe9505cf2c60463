package dev.holdfast.queue.wire;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;

/**
 * A refusal as it goes over the wire, in the shape of the protocol that asked. Every error of the SQS API is rendered here.
 *
 * @param queryError of the header {@link #QUERY_ERROR}, by which SDKs of the JSON protocol know the code of the Query protocol
 */
public record ErrorAnswer(int status, String queryError, CharSequence contentType, Buffer body) {
    public static final CharSequence QUERY_ERROR = HttpHeaders.createOptimized("x-amzn-query-error");

    public static ErrorAnswer of(SqsException refusal, Protocol protocol, String requestId) {
        SqsError error = refusal.error();
        AnswerBuffer body = AnswerBuffer.empty();
        try {
            protocol.write(refusal, requestId, body);
        } catch (IOException bug) {
            throw new IllegalStateException("Cannot write " + error, bug);
        }
        String queryError = error.queryCode() + (error.senderFault() ? ";Sender" : ";Receiver");
        return new ErrorAnswer(error.httpStatus(), queryError, protocol.contentType(refusal), body.copy());
    }
}

package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.http.admission.Share;
import dev.holdfast.queue.wire.AnswerBuffer;
import dev.holdfast.queue.wire.ErrorAnswer;
import dev.holdfast.queue.wire.HttpDate;
import dev.holdfast.queue.wire.Protocol;
import dev.holdfast.queue.wire.RequestId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one request: a result or a refusal in the protocol that asked. Once it is written or cannot be written any
 * more, what the request had taken of the budget goes back, and so do messages that nobody got. Used on the I/O thread of
 * its connection.
 */
final class Answer {
    private static final Logger LOG = Logger.getLogger(SqsEndpoint.class);
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-amzn-RequestId");
    private static final int OK = 200;

    private final HttpServerResponse response;
    private final Protocol protocol;
    private final Share share;
    private final Undelivered undelivered;
    private final String requestId = RequestId.next();

    Answer(HttpServerResponse response, Protocol protocol, Share share, Undelivered undelivered) {
        this.response = response;
        this.protocol = protocol;
        this.share = share;
        this.undelivered = undelivered;
    }

    void with(Request request, Result result) {
        AnswerBuffer answer = AnswerBuffer.empty();
        try {
            protocol.write(request, result, requestId, answer);
        } catch (IOException | RuntimeException bug) {
            release(result);
            withFailure(bug);
            return;
        }
        if (response.closed()) {
            share.giveBack();
            release(result);
            return;
        }
        var written = send(OK, protocol.contentType(), answer.copy());
        if (result instanceof Result.OfReceiveMessage) {
            written.onComplete(done -> {
                share.giveBack();
                if (done.failed()) {
                    release(result);
                }
            });
        } else {
            share.giveBack();
        }
    }

    /** A refusal goes to the client; anything else is a defect: it goes to the log, and its request id to the client. */
    void withFailure(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        SqsException refusal = cause instanceof SqsException known ? known : internalFailure(cause);
        ErrorAnswer error = ErrorAnswer.of(refusal, protocol, requestId);
        share.giveBack();
        if (!response.closed()) {
            response.putHeader(ErrorAnswer.QUERY_ERROR, error.queryError());
            var unused = send(error.status(), error.contentType(), error.body());
        }
    }

    private SqsException internalFailure(Throwable bug) {
        LOG.errorf(bug, "requestId=%s failed by a defect of the server", requestId);
        return SqsError.INTERNAL_FAILURE.because(
                "The server failed on this request; its log tells more under request id " + requestId + ".");
    }

    private io.vertx.core.Future<Void> send(int status, CharSequence contentType, Buffer body) {
        response.setStatusCode(status);
        response.putHeader(REQUEST_ID, requestId);
        response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        response.putHeader(HttpHeaders.DATE, HttpDate.now());
        return response.end(body);
    }

    /** Messages that were received, and that the client will not see in this answer. */
    void release(@Nullable Result result) {
        if (result instanceof Result.OfReceiveMessage received) {
            undelivered.release(received);
        }
    }
}

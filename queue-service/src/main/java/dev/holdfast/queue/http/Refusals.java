package dev.holdfast.queue.http;

import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.wire.ErrorAnswer;
import dev.holdfast.queue.wire.Protocol;
import dev.holdfast.queue.wire.RequestId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;

/** Refuses requests that are not read: by a guard, for want of room, or because no route serves them. */
final class Refusals {
    private Refusals() {}

    static void send(HttpServerRequest request, SqsException refusal) {
        ErrorAnswer error = rendered(request, refusal);
        request.response()
                .setStatusCode(error.status())
                .putHeader(ErrorAnswer.QUERY_ERROR, error.queryError())
                .putHeader(HttpHeaders.CONTENT_TYPE, error.contentType())
                .end(error.body());
    }

    /** The rest of the request is not waited for. */
    static void sendAndClose(HttpServerRequest request, SqsException refusal) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        send(request, refusal);
        request.connection().close();
    }

    /** The same for Quarkus REST. */
    static Response response(HttpServerRequest request, SqsException refusal) {
        ErrorAnswer error = rendered(request, refusal);
        return Response.status(error.status())
                .header(ErrorAnswer.QUERY_ERROR.toString(), error.queryError())
                .type(error.contentType().toString())
                .entity(error.body())
                .build();
    }

    private static ErrorAnswer rendered(HttpServerRequest request, SqsException refusal) {
        return ErrorAnswer.of(refusal, Protocol.ofRefused(request.headers(), request.query()), RequestId.next());
    }
}

package dev.holdfast.queue.http;

import dev.holdfast.queue.api.SqsException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.Response;

/** Refusals that are written before a protocol is chosen: in the shape of AWS JSON. */
public final class Refusals {
    private static final String QUERY_ERROR = "x-amzn-query-error";
    private static final String JSON = "application/x-amz-json-1.0";

    private Refusals() {}

    public static void send(HttpServerResponse response, SqsException refusal) {
        response.setStatusCode(refusal.error().httpStatus())
                .putHeader(QUERY_ERROR, queryError(refusal))
                .putHeader("Content-Type", JSON)
                .end(body(refusal));
    }

    /** The same for Quarkus REST. */
    public static Response response(SqsException refusal) {
        return Response.status(refusal.error().httpStatus())
                .header(QUERY_ERROR, queryError(refusal))
                .type(JSON)
                .entity(body(refusal))
                .build();
    }

    private static String queryError(SqsException refusal) {
        return refusal.error().queryCode() + ";Sender";
    }

    private static String body(SqsException refusal) {
        return new JsonObject()
                .put("__type", "com.amazonaws.sqs#" + refusal.error().shape())
                .put("message", refusal.sentence())
                .encode();
    }
}

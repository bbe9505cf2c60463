package dev.holdfast.queue.auth;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Refusals that are written before a protocol is chosen: in the shape of AWS JSON. */
final class Refusals {
    private Refusals() {}

    static void send(HttpServerResponse response, SqsException refusal) {
        SqsError error = refusal.error();
        JsonObject body = new JsonObject()
                .put("__type", "com.amazonaws.sqs#" + error.shape())
                .put("message", refusal.sentence());
        response.setStatusCode(error.httpStatus())
                .putHeader("x-amzn-query-error", error.queryCode() + ";Sender")
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .end(body.toBuffer());
    }
}

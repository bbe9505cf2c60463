package dev.holdfast.consumer.control;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** An error answer after RFC 9457, with the member at fault. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, @Nullable String field, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return new Problem("about:blank", known == null ? "Error" : known.getReasonPhrase(), status, detail, field);
    }

    static Response response(int status, @Nullable String field, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(of(status, field, detail))
                .build();
    }

    /** Answers a request that is refused before it reaches a resource. */
    void send(HttpServerResponse response) {
        JsonObject json = new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        if (field != null) {
            json.put("field", field);
        }
        response.setStatusCode(status).putHeader("Content-Type", MEDIA_TYPE).end(json.encode());
    }
}

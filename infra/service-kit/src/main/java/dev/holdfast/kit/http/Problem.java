package dev.holdfast.kit.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 writes it: what went wrong, in a sentence that says what to do.
 *
 * @param field what is at fault: a member of the body, the body as a whole, the path, the method, a header; left out where nothing of the
 *     request is
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field) {
    private static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    public static Problem of(int status, String detail) {
        return of(status, detail, null);
    }

    public static Problem of(int status, String detail, @Nullable String field) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error " + status : known.getReasonPhrase();
        return new Problem("about:blank", title, status, detail, field);
    }

    public Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }

    /** For a resource to throw. */
    public ProblemException exception() {
        return new ProblemException(this);
    }

    /** Answers a request that is refused before it reaches a resource. */
    public void send(HttpServerResponse response) {
        JsonObject json = new JsonObject()
                .put("type", type)
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
        if (field != null) {
            json.put("field", field);
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE.toString())
                .end(json.encode());
    }
}

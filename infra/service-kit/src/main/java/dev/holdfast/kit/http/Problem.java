package dev.holdfast.kit.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** A request that cannot be served: what went wrong, in a sentence that says what to do. Its answer is written as RFC 9457 has it. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private final transient Members members;

    /** The members of the answer. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Members(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String field) {}

    private Problem(Members members) {
        super(members.detail(), null, false, false);
        this.members = members;
    }

    public static Problem of(int status, String detail) {
        return of(status, detail, null);
    }

    /**
     * @param field what is at fault: a member of the body, the body as a whole, the path, the method, a header; null where nothing of the
     *     request is
     */
    public static Problem of(int status, String detail, @Nullable String field) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error " + status : known.getReasonPhrase();
        return new Problem(new Members("about:blank", title, status, detail, field));
    }

    public int status() {
        return members.status();
    }

    public Response response() {
        return Response.status(members.status())
                .type(MEDIA_TYPE)
                .entity(members)
                .build();
    }

    /** Answers a request that is refused before it reaches a resource. */
    public void send(HttpServerResponse response) {
        JsonObject json = new JsonObject()
                .put("type", members.type())
                .put("title", members.title())
                .put("status", members.status())
                .put("detail", members.detail());
        if (members.field() != null) {
            json.put("field", members.field());
        }
        response.setStatusCode(members.status())
                .putHeader("Content-Type", MEDIA_TYPE.toString())
                .end(json.encode());
    }
}

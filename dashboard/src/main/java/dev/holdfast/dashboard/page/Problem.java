package dev.holdfast.dashboard.page;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What went wrong, in a sentence that says what to do (RFC 9457). */
public record Problem(String title, int status, String detail) {

    /** The same as an exception, for a resource to throw. */
    public static WebApplicationException of(int status, String detail) {
        return new WebApplicationException(detail, response(status, detail));
    }

    public static Response response(int status, String detail) {
        Response.Status known = Response.Status.fromStatusCode(status);
        String title = known == null ? "Error " + status : known.getReasonPhrase();
        return Response.status(status)
                .type(new MediaType("application", "problem+json"))
                .entity(new Problem(title, status, detail))
                .build();
    }
}

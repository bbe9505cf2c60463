package dev.holdfast.queue.inspect;

import dev.holdfast.queue.api.WholeNumber;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.OptionalLong;

/** A refusal of the operator's API, as application/problem+json (RFC 9457). */
final class Problem extends WebApplicationException {
    Problem(int status, String title, String detail) {
        super(
                detail,
                Response.status(status)
                        .type("application/problem+json")
                        .entity(Map.of("title", title, "status", status, "detail", detail))
                        .build());
    }

    static Problem notFound(String queue) {
        return new Problem(404, "Queue not found", "There is no queue " + queue + ".");
    }

    /** A whole number within its range. */
    static long number(String name, String value, long min, long max) {
        OptionalLong number = WholeNumber.parse(value);
        if (number.isPresent() && number.getAsLong() >= min && number.getAsLong() <= max) {
            return number.getAsLong();
        }
        throw new Problem(400, "Bad parameter", name + " must be a whole number from " + min + " to " + max + ".");
    }
}

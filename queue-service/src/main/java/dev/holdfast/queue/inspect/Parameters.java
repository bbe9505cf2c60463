package dev.holdfast.queue.inspect;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.queue.api.WholeNumber;
import java.util.OptionalLong;

/** What requests to the operator's API name. */
final class Parameters {
    private Parameters() {}

    static Problem queueNotFound(String queue) {
        return Problem.of(404, "There is no queue " + queue + ".");
    }

    /** A whole number within its range. */
    static long number(String name, String value, long min, long max) {
        OptionalLong number = WholeNumber.parse(value);
        if (number.isPresent() && number.getAsLong() >= min && number.getAsLong() <= max) {
            return number.getAsLong();
        }
        throw Problem.of(400, name + " must be a whole number from " + min + " to " + max + ".", name);
    }
}

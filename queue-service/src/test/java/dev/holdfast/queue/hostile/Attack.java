package dev.holdfast.queue.hostile;

import java.nio.charset.StandardCharsets;

/**
 * One hostile request.
 *
 * @param what says where it came from, for the report of a failure
 * @param mustBeRefused as a whole, or in a batch the entry that is wrong; false where the server may find it good, too
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares or changes it.
record Attack(String what, String action, Protocol protocol, byte[] body, boolean mustBeRefused) {
    enum Protocol {
        JSON,
        QUERY
    }

    /** Its beginning, for the report of a failure. */
    String excerpt() {
        return new String(body, 0, Math.min(body.length, 400), StandardCharsets.ISO_8859_1);
    }
}

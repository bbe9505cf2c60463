package dev.holdfast.consumer.session;

import dev.holdfast.kit.start.StartRefusedException;

/** Another live process consumes under this name on the same database; the text says what to do. */
public final class NameInUseException extends StartRefusedException {
    private static final long serialVersionUID = 1L;

    NameInUseException(String consumer, long pid) {
        super("a consumer named " + consumer + " already runs on this database (pid " + pid
                + "); stop it, or give this one another consumer.name (and CONSUMER_PORT)");
    }
}

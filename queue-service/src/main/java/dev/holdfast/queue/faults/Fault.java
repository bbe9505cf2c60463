package dev.holdfast.queue.faults;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.queues.QueueUrl;
import java.util.Optional;

/**
 * What goes wrong with some requests.
 *
 * @param action for instance "SendMessage"; empty for all
 * @param queue a queue's name; empty for all, and for actions that name none
 * @param probability 0 to 1, drawn for each request that matches
 * @param delayMillis of {@link Kind#DELAY}, 0 to 60,000
 */
public record Fault(Kind kind, Optional<String> action, Optional<String> queue, double probability, long delayMillis) {
    public static final long MAX_DELAY_MILLIS = 60_000;

    /** What happens. */
    public enum Kind {
        /** The request is done and committed, and the connection closed instead of an answer. */
        LOSE_ANSWER,
        /** The request waits before it is done. */
        DELAY,
        /** Refused with RequestThrottled; SDKs try again. */
        THROTTLE,
        /** Refused with InternalFailure, status 500; nothing was done. */
        FAIL,
        /** What a receive gives out is visible again at once, so that somebody else gets it too. */
        DUPLICATE_DELIVERY
    }

    /**
     * @throws IllegalArgumentException with a sentence for whoever configured it
     */
    public Fault {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be from 0 to 1, not " + probability);
        }
        if (delayMillis < 0 || delayMillis > MAX_DELAY_MILLIS) {
            throw new IllegalArgumentException(
                    "delayMillis must be from 0 to " + MAX_DELAY_MILLIS + ", not " + delayMillis);
        }
    }

    boolean matches(Request request) {
        return action.map(request.action()::equals).orElse(true)
                && queue.map(name -> isAbout(request, name)).orElse(true);
    }

    private static boolean isAbout(Request request, String name) {
        return request instanceof Request.OfQueue ofQueue
                && QueueUrl.parse(ofQueue.queueUrl()).name().equals(name);
    }
}

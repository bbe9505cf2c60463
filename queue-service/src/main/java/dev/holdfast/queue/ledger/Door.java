package dev.holdfast.queue.ledger;

import dev.holdfast.queue.ledger.Lifecycle.Transition;

/** How a single message leaves its queue. There is no other way but a purge, which empties the queue at once. */
public enum Door {
    DELETED(Transition.DELETED),
    MOVED_OUT(Transition.MOVED_OUT),
    EXPIRED(Transition.EXPIRED);

    private final Transition transition;

    Door(Transition transition) {
        this.transition = transition;
    }

    public Transition transition() {
        return transition;
    }
}

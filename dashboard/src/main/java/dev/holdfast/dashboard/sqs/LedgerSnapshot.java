package dev.holdfast.dashboard.sqs;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Several queues between the same two commits. */
public record LedgerSnapshot(Instant at, List<QueueFigures> queues, long droppedWithQueues, boolean anyDropped) {
    public LedgerSnapshot {
        queues = List.copyOf(queues);
    }

    /** The figures of one queue; empty when it does not exist. */
    public Optional<QueueFigures> queue(String name) {
        return queues.stream().filter(q -> q.name().equals(name)).findFirst();
    }
}

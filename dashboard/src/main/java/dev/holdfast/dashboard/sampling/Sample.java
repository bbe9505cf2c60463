package dev.holdfast.dashboard.sampling;

import dev.holdfast.dashboard.history.HistoryPoint;
import dev.holdfast.dashboard.history.Mark;
import dev.holdfast.proof.Proof;
import java.time.Instant;
import java.util.List;

/** Everything the pages show, read once a second; the same text goes to every browser. */
public record Sample(
        Instant at,
        ProducerReading producer,
        QueueReading queue,
        ConsumerReading consumer,
        DatabaseReading database,
        Rates rates,
        Proof proof,
        HistoryPoint point,
        List<Mark> marks) {
    public Sample {
        marks = List.copyOf(marks);
    }
}

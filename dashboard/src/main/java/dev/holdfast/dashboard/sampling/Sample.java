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

    /** Before the first reading. */
    static Sample unknown(Instant now) {
        Contact none = Contact.unknown(now);
        return new Sample(
                now,
                new ProducerReading(none, null),
                new QueueReading(none, false, null, null, null),
                new ConsumerReading(none, null),
                DatabaseReading.unknown(none),
                new Rates(null, null, null),
                Proof.nothingReadYet(now),
                new HistoryPoint(
                        now.getEpochSecond(), null, null, null, null, null, null, null, null, null, null, null, null),
                List.of());
    }
}

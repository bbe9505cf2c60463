package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.analytics.CategorySummary;
import dev.holdfast.dashboard.analytics.Failure;
import dev.holdfast.dashboard.history.Mark;
import dev.holdfast.dashboard.message.SeenMessages;
import dev.holdfast.dashboard.page.Wording;
import dev.holdfast.dashboard.sampling.Contact;
import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.proof.Proof;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the first page shows, of one sample.
 *
 * @param demo whether processes can be started and killed from here
 * @param another the name that one more consumer would get; null when there is no place for more
 */
record PipelineView(
        String queue,
        String deadLetterQueue,
        Sample sample,
        ProducerView producer,
        Tank tank,
        List<Worker> workers,
        boolean demo,
        @Nullable String another,
        List<Failure> refused,
        List<SeenMessages.Latest> latest) {

    static String down(Contact contact) {
        return "Unreachable since " + Wording.time(contact.since()) + "; the numbers are the last known.";
    }

    public DatabaseView database() {
        return DatabaseView.of(sample);
    }

    public Proof proof() {
        return sample.proof();
    }

    /** Good, warn where it cannot be known, or bad. */
    public String verdictTone() {
        Boolean balanced = proof().balanced();
        return balanced == null ? "warn" : balanced ? "good" : "bad";
    }

    public String verdictSign() {
        Boolean balanced = proof().balanced();
        return balanced == null ? "?" : balanced ? "✓" : "✕";
    }

    /** When the three parties were read. */
    public Instant verdictAt() {
        return Instant.parse(proof().at());
    }

    public List<CategorySummary> categories() {
        return sample.database().categories();
    }

    public boolean unexplained() {
        return proof().unexplained() != null && proof().unexplained() > 0;
    }

    public boolean hasDeadLetters() {
        return proof().deadLettered() != null && proof().deadLettered() > 0;
    }

    /** The newest first. */
    public List<Mark> happened() {
        return sample.marks().reversed();
    }

    public long runningWorkers() {
        return workers.stream().filter(Worker::running).count();
    }

    /** How the right half moves: stopped, flowing, racing, or idle when there is nothing to do. */
    public String consuming() {
        Double applied = sample.rates().applied();
        if (runningWorkers() == 0 || !tank.reachable()) {
            return "stopped";
        }
        if (applied == null || applied == 0) {
            return "idle";
        }
        return tank.trend().equals("draining") || tank.drainSeconds() != null ? "racing" : "flowing";
    }

    /** Under the tank: what is going on. */
    public String tankWords() {
        if (!tank.reachable()) {
            return tank.note();
        }
        if (runningWorkers() == 0) {
            return tank.trend().equals("filling") ? "Filling: nobody consumes" : "Nobody consumes";
        }
        if (tank.drainSeconds() != null) {
            return "Catching up: empty in about " + Wording.seconds(tank.drainSeconds());
        }
        return switch (tank.trend()) {
            case "filling" -> "Filling: more comes in than goes out";
            case "draining" -> "Draining";
            default -> "In step";
        };
    }

    /** The picture in words, for those who cannot see it. */
    public String inWords() {
        var main = tank.figures();
        return String.join(
                " ",
                producer.running()
                        ? "The producer sends " + Wording.rate(producer.rateIn()) + " events a second."
                        : "The producer sends nothing.",
                main == null
                        ? "Nothing is known of the queue."
                        : Wording.count(main.waiting()) + " messages wait in the queue and "
                                + Wording.count(main.inFlight()) + " are in flight. " + tankWords() + ".",
                runningWorkers() + " of " + workers.size() + (workers.size() == 1 ? " consumer" : " consumers")
                        + " running, applying " + Wording.rate(sample.rates().applied()) + " events a second.",
                proof().sentence());
    }
}

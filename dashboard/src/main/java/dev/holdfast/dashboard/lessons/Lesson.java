package dev.holdfast.dashboard.lessons;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The lessons in the order of a class; steps and checks stand in assets/lessons.js. */
public enum Lesson {
    DECOUPLING(
            "Decoupling",
            "Stop the consumer. The producer does not notice, the queue holds the work, and it catches up."),
    CRASH("Crash", "Kill the consumer in the middle of its work. Nothing is lost and nothing counted twice."),
    POISON("Poison messages", "Some messages can never be applied. See them retried, set aside, and moved back."),
    SPIKE("Traffic spike", "Ten thousand events at once: the queue takes the peak, the consumer keeps its pace."),
    SCALING("Scaling out", "One slow consumer falls behind. A second and a third share the work."),
    RESTART("Queue restart", "Kill the queue itself. What it acknowledged is still there when it returns."),
    ORDER("Standard and FIFO order", "Twenty numbered messages through both kinds of queue."),
    FAIR("A noisy neighbour", "One tenant floods a shared queue. A fair queue still serves the quiet ones."),
    VISIBILITY(
            "Visibility timeout too short",
            "Work that takes longer than the timeout is done twice, and why that is harmless here."),
    POLLING("Long and short polling", "Count the empty answers of both.");

    private final String title;
    private final String summary;

    Lesson(String title, String summary) {
        this.title = title;
        this.summary = summary;
    }

    public String title() {
        return title;
    }

    public String summary() {
        return summary;
    }

    /** Its name in addresses. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Lesson> find(String slug) {
        return Arrays.stream(values()).filter(l -> l.slug().equals(slug)).findFirst();
    }
}

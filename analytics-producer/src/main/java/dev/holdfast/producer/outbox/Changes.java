package dev.holdfast.producer.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one transaction of the outbox does; filled by the thread that commits it. */
public final class Changes {
    final List<OutboxMessage> acknowledged = new ArrayList<>();
    final List<OutboxMessage> generated = new ArrayList<>();
    final List<OutboxMessage> unknownOutcome = new ArrayList<>();
    final List<Mark> marks = new ArrayList<>();

    @Nullable Settings settings;

    byte @Nullable [] market;
    boolean cleanStop;

    public Changes acknowledge(Collection<OutboxMessage> messages) {
        acknowledged.addAll(messages);
        return this;
    }

    /** Their sequences follow the last one given out, without a gap. */
    public Changes add(Collection<OutboxMessage> messages, byte[] marketAfter) {
        generated.addAll(messages);
        market = marketAfter;
        return this;
    }

    public Changes settings(Settings value) {
        settings = value;
        return this;
    }

    public Settings settingsOr(Settings unchanged) {
        return settings == null ? unchanged : settings;
    }

    public Changes mark(Mark mark) {
        marks.add(mark);
        return this;
    }

    /** The process ends in order; all others that are left were certainly not sent. */
    public Changes cleanStop(Collection<OutboxMessage> outcomeUnknown) {
        cleanStop = true;
        unknownOutcome.addAll(outcomeUnknown);
        return this;
    }

    public boolean isEmpty() {
        return acknowledged.isEmpty() && generated.isEmpty() && marks.isEmpty() && settings == null && !cleanStop;
    }

    public List<OutboxMessage> generated() {
        return generated;
    }

    public int acknowledgedCount() {
        return acknowledged.size();
    }
}

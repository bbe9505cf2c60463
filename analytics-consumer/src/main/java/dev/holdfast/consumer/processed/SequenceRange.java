package dev.holdfast.consumer.processed;

/** Sequences from first to last, both included. */
public record SequenceRange(long first, long last) {
    public SequenceRange {
        if (first < 1 || last < first) {
            throw new IllegalStateException("no range: " + first + " to " + last);
        }
    }

    public boolean holds(long sequence) {
        return first <= sequence && sequence <= last;
    }

    public long count() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first == last ? Long.toString(first) : first + "-" + last;
    }
}

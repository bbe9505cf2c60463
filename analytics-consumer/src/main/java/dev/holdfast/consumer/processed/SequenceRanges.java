package dev.holdfast.consumer.processed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An exact set of sequences that costs by its gaps, not by its size. For one thread. */
public final class SequenceRanges {
    private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

    public static SequenceRanges of(Collection<SequenceRange> ranges) {
        SequenceRanges set = new SequenceRanges();
        ranges.forEach(set::add);
        return set;
    }

    public void add(long sequence) {
        add(new SequenceRange(sequence, sequence));
    }

    /** Adds the range; what overlaps or touches becomes one. */
    public void add(SequenceRange range) {
        long first = range.first();
        long last = range.last();
        Map.@Nullable Entry<Long, Long> before = lastByFirst.floorEntry(last + 1);
        while (before != null && before.getValue() >= first - 1) {
            first = Math.min(first, before.getKey());
            last = Math.max(last, before.getValue());
            lastByFirst.remove(before.getKey());
            before = lastByFirst.floorEntry(last + 1);
        }
        lastByFirst.put(first, last);
    }

    public void remove(SequenceRange range) {
        Map.@Nullable Entry<Long, Long> touched = lastByFirst.floorEntry(range.last());
        while (touched != null && touched.getValue() >= range.first()) {
            lastByFirst.remove(touched.getKey());
            if (touched.getValue() > range.last()) {
                lastByFirst.put(range.last() + 1, touched.getValue());
            }
            if (touched.getKey() < range.first()) {
                lastByFirst.put(touched.getKey(), range.first() - 1);
                return;
            }
            touched = lastByFirst.floorEntry(range.last());
        }
    }

    public boolean holds(long sequence) {
        Map.@Nullable Entry<Long, Long> candidate = lastByFirst.floorEntry(sequence);
        return candidate != null && sequence <= candidate.getValue();
    }

    public long count() {
        return ranges().stream().mapToLong(SequenceRange::count).sum();
    }

    public boolean isEmpty() {
        return lastByFirst.isEmpty();
    }

    public List<SequenceRange> ranges() {
        List<SequenceRange> ranges = new ArrayList<>(lastByFirst.size());
        lastByFirst.forEach((first, last) -> ranges.add(new SequenceRange(first, last)));
        return ranges;
    }
}

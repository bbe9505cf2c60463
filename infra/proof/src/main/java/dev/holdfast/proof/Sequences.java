package dev.holdfast.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Sequences in words: 168-172, 180. */
final class Sequences {
    /** More stretches than these are not named one by one. */
    private static final int NAMED = 8;

    private Sequences() {}

    static String words(SortedSet<Long> sequences) {
        List<String> stretches = new ArrayList<>();
        long first = -1;
        long last = -1;
        for (long sequence : sequences) {
            if (first >= 0 && sequence != last + 1) {
                stretches.add(stretch(first, last));
                first = sequence;
            } else if (first < 0) {
                first = sequence;
            }
            last = sequence;
        }
        if (first >= 0) {
            stretches.add(stretch(first, last));
        }
        return stretches.size() <= NAMED
                ? String.join(", ", stretches)
                : String.join(", ", stretches.subList(0, NAMED)) + ", …";
    }

    private static String stretch(long first, long last) {
        return first == last ? Long.toString(first) : first + "-" + last;
    }
}

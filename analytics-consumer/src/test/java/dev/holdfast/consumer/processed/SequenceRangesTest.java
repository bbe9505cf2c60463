package dev.holdfast.consumer.processed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SequenceRangesTest {
    @Test
    void rangesHoldWhatASetOfSingleSequencesWouldHold() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            SequenceRanges ranges = new SequenceRanges();
            TreeSet<Long> model = new TreeSet<>();
            for (int step = 0; step < 40; step++) {
                long first = 1L + random.nextInt(60);
                SequenceRange range = new SequenceRange(first, first + random.nextInt(6));
                if (random.nextInt(3) == 0) {
                    ranges.remove(range);
                    model.removeIf(range::holds);
                } else {
                    ranges.add(range);
                    LongStream.rangeClosed(range.first(), range.last()).forEach(model::add);
                }
            }

            assertThat(LongStream.rangeClosed(1, 70).filter(ranges::holds))
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(model);
            assertThat(ranges.count()).as("seed %d", seed).isEqualTo(model.size());
            assertNoneTouch(ranges);
        }
    }

    private static void assertNoneTouch(SequenceRanges ranges) {
        long before = -1;
        for (SequenceRange range : ranges.ranges()) {
            assertThat(range.first()).isGreaterThan(before + 1);
            before = range.last();
        }
    }
}

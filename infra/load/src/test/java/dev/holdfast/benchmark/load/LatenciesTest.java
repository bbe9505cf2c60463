package dev.holdfast.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void percentilesAreWithinTwoPerCentOfTheExactOnes() {
        SplittableRandom random = new SplittableRandom(7);
        Latencies latencies = new Latencies();
        long[] exact = new long[20_000];
        for (int i = 0; i < exact.length; i++) {
            exact[i] = (long) Math.exp(random.nextDouble() * 23);
            latencies.record(exact[i]);
        }
        Arrays.sort(exact);

        for (double share : new double[] {0.01, 0.5, 0.99, 0.999}) {
            long expected = exact[(int) Math.ceil(share * exact.length) - 1];
            assertThat((double) latencies.percentileNanos(share))
                    .isCloseTo((double) expected, within(expected * 0.02 + 1));
        }
    }

    @Test
    void nothingRecordedIsZeroAndTheExtremesHaveTheirBucket() {
        Latencies latencies = new Latencies();
        assertThat(latencies.percentileNanos(0.5)).isZero();

        latencies.record(-5);
        latencies.record(Long.MAX_VALUE);

        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.percentileNanos(0.1)).isZero();
        assertThat(latencies.percentileNanos(1)).isGreaterThan(60_000_000_000L);
    }
}

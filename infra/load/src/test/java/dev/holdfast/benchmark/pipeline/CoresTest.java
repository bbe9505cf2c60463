package dev.holdfast.benchmark.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoresTest {
    @Test
    void theConsumerHasTheFirstCoreAndTheQueueTheOthers() {
        Cores cores = Cores.parse("2-4,7");

        assertThat(cores.first()).isEqualTo("2");
        assertThat(cores.others()).isEqualTo("3,4,7");
        assertThat(cores.all()).isEqualTo("2,3,4,7");
    }

    @Test
    void aSingleCoreIsShared() {
        assertThat(Cores.parse("0").others()).isEqualTo("0");
    }
}

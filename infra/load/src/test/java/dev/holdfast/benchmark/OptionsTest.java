package dev.holdfast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.benchmark.scenario.Numbers;
import dev.holdfast.benchmark.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void aNameStandsForAllThatBeginWithItAndAnExactOneForItself() {
        assertThat(ids("--scenarios", "life-single,fifo-1"))
                .containsExactly("life-single-1", "life-single-16", "life-single-64", "fifo-1");
    }

    @Test
    void whatIsCostlyNeedsItsFlag() {
        assertThat(ids("--full"))
                .doesNotContain("backlog-10m", "redis-batch-16")
                .contains("backlog-1m", "sqlite-10");
        assertThat(ids("--full", "--redis", "--backlog-10m")).contains("backlog-10m", "redis-batch-16");
    }

    @Test
    void whatCannotBeObeyedIsRefusedWithAWayOut() {
        assertThatThrownBy(() -> parse("--rounds", "0"))
                .hasMessage("--rounds takes a whole number from 1 to 20, not \"0\".");
        assertThatThrownBy(() -> parse("--servers", "rabbitmq")).hasMessageContaining("elasticmq-h2");
        assertThatThrownBy(() -> parse("--scenarios", "nothing")).hasMessageContaining("--list");
        assertThatThrownBy(() -> parse("--fast")).hasMessageContaining("--help");
        assertThatThrownBy(() -> parse("--seconds")).hasMessageContaining("needs a value");
    }

    @Test
    void numbersAreShownWithThreeDigitsThatMatter() {
        assertThat(List.of(46_123.4, 1_049.0, 22.34, 0.1234, 999.6).stream().map(Numbers::rounded))
                .containsExactly("46,100", "1,050", "22.3", "0.123", "1,000");
        assertThat(Numbers.median(List.of(3.0, 1.0, 2.0, 10.0))).isEqualTo(2.5);
    }

    private static List<String> ids(String... arguments) {
        return parse(arguments).scenarios().stream().map(Scenario::id).toList();
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), Path.of("results"));
    }
}

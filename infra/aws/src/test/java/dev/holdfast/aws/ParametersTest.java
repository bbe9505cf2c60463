package dev.holdfast.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {
    @Test
    void everythingHasADefault() {
        Parameters parameters = from(Map.of());

        assertThat(parameters.queue()).isEqualTo(Parameters.Queue.HOLDFAST);
        assertThat(parameters.allowedCidr()).isEmpty();
        assertThat(parameters.queueHostPresent()).isTrue();
    }

    @Test
    void whatCannotBeMeantIsRefusedByName() {
        assertThatThrownBy(() -> from(Map.of("allowedCidr", "everybody"))).hasMessageContaining("allowedCidr takes");
        assertThatThrownBy(() -> from(Map.of("allowedCidr", "0.0.0.0/0"))).hasMessageContaining("everybody");
        assertThatThrownBy(() -> from(Map.of("queue", "kafka"))).hasMessageContaining("holdfast or sqs");
        assertThatThrownBy(() -> from(Map.of("dataVolumeGib", "many"))).hasMessageContaining("whole number");
        assertThatThrownBy(() -> from(Map.of("queueHost", "gone"))).hasMessageContaining("present or absent");
    }

    private static Parameters from(Map<String, Object> context) {
        return Parameters.from(context::get, Path.of("packages"));
    }
}

package dev.holdfast.queue.faults;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** {@code holdfast.faults.enabled=true} and any number of {@code holdfast.faults.rules.NAME.*}. */
@ConfigMapping(prefix = "holdfast.faults")
public interface FaultConfig {
    /** Without it there are no faults, and none can be set while the server runs. */
    @WithDefault("false")
    boolean enabled();

    /** The same seed and the same sequence of requests give the same faults. */
    @WithDefault("1")
    long seed();

    Map<String, Rule> rules();

    /** See {@link Fault}. */
    interface Rule {
        Fault.Kind kind();

        Optional<String> action();

        Optional<String> queue();

        @WithDefault("1")
        double probability();

        @WithDefault("1s")
        Duration delay();

        default Fault toFault() {
            return new Fault(kind(), action(), queue(), probability(), delay().toMillis());
        }
    }
}

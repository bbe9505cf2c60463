package dev.holdfast.queue.faults;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.config.Credentials;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Random;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Draws what goes wrong with a request. Thread-safe. */
@Singleton
public class Faults {
    private static final Logger LOG = Logger.getLogger(Faults.class);

    private final boolean enabled;
    private final Random random;
    private volatile List<Fault> rules;

    /**
     * @throws ConfigurationException when faults are configured together with credentials
     */
    Faults(FaultConfig config, Credentials credentials) {
        if (config.enabled() && !credentials.byName().isEmpty()) {
            throw new ConfigurationException(
                    "holdfast.faults.enabled cannot be set where credentials are configured: faults are for teaching and testing, not for a deployed queue.");
        }
        this.enabled = config.enabled();
        this.random = new Random(config.seed());
        this.rules = enabled
                ? config.rules().values().stream()
                        .map(FaultConfig.Rule::toFault)
                        .toList()
                : List.of();
        if (enabled) {
            LOG.warnf("event=faults-enabled seed=%d rules=%d", config.seed(), rules.size());
        }
    }

    public boolean isEnabled() {
        return enabled;
    }

    public List<Fault> rules() {
        return rules;
    }

    /** From now on these, in place of those before. */
    public void replace(List<Fault> changed) {
        LOG.warnf("event=faults-changed rules=%s", changed);
        rules = List.copyOf(changed);
    }

    /** The first rule that matches and whose probability strikes; null for none. */
    public @Nullable Fault draw(Request request) {
        List<Fault> current = rules;
        if (current.isEmpty()) {
            return null;
        }
        for (Fault fault : current) {
            if (matches(fault, request) && nextDouble() < fault.probability()) {
                return fault;
            }
        }
        return null;
    }

    private static boolean matches(Fault fault, Request request) {
        try {
            return fault.matches(request);
        } catch (SqsException notAQueue) {
            return false;
        }
    }

    private synchronized double nextDouble() {
        return random.nextDouble();
    }
}

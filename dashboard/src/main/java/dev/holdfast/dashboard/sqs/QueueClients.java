package dev.holdfast.dashboard.sqs;

import dev.holdfast.kit.sqs.SqsClients;
import dev.holdfast.kit.sqs.SqsConfig;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The two SDK clients: an impatient one that samples every second, and a patient one for what a person asked for. Made at
 * the start, which they can refuse.
 */
@Startup
@ApplicationScoped
public class QueueClients {
    /** Longer than a healthy answer by far, shorter than two samples: a hanging queue must not silence the page. */
    private static final Duration SAMPLE_TIMEOUT = Duration.ofMillis(900);

    /** Above the longest long poll, which is 20 s. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(25);

    private final SqsClient sampling;
    private final SqsClient asking;

    QueueClients(SqsConfig config) {
        this.sampling = client(config, SAMPLE_TIMEOUT, 1);
        this.asking = client(config, CALL_TIMEOUT, 2);
    }

    /** Gives up after 0.9 s and never retries. */
    public SqsClient sampling() {
        return sampling;
    }

    /** For actions of a person: up to 25 s, one retry. */
    public SqsClient asking() {
        return asking;
    }

    private static SqsClient client(SqsConfig config, Duration timeout, int attempts) {
        return SqsClients.build(SqsClients.builder(config, timeout, timeout)
                .overrideConfiguration(c -> c.apiCallTimeout(timeout)
                        .retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                                .maxAttempts(attempts)
                                .build())));
    }

    @PreDestroy
    void close() {
        sampling.close();
        asking.close();
    }
}

package dev.holdfast.producer.sending;

import dev.holdfast.kit.sqs.SqsClients;
import dev.holdfast.kit.sqs.SqsConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The producer's client of the queue, and the AWS CLI's way to the same place. */
public final class Client {
    private Client() {}

    /** Without retries of its own: each attempt is counted here, and only the outbox knows what to send again. */
    public static SqsClient build(SqsConfig config, Duration callTimeout, int connections, LastCall lastCall) {
        SqsClients.keepConnections(connections + 1);
        return SqsClients.build(SqsClients.builder(config, callTimeout.dividedBy(2), callTimeout)
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))
                        .apiCallTimeout(callTimeout)
                        .addExecutionInterceptor(lastCall)));
    }

    /** The options that lead the AWS CLI to the same place. */
    public static AwsCli cli(SqsConfig config) {
        var options = new ArrayList<String>();
        config.endpoint().ifPresent(endpoint -> options.addAll(List.of("--endpoint-url", endpoint.toString())));
        config.region()
                .or(() -> config.endpoint().map(endpoint -> SqsClients.OWN_ENDPOINT_REGION))
                .ifPresent(region -> options.addAll(List.of("--region", region)));
        return new AwsCli(options);
    }
}

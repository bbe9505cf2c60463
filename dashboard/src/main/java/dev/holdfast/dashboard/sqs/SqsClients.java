package dev.holdfast.dashboard.sqs;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** The two SDK clients: an impatient one that samples every second, and a patient one for what a person asked for. */
@ApplicationScoped
public class SqsClients {
    /** Longer than a healthy answer by far, shorter than two samples: a hanging queue must not silence the page. */
    private static final Duration SAMPLE_TIMEOUT = Duration.ofMillis(900);

    /** Above the longest long poll, which is 20 s. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(25);

    private final SqsConfig config;
    private final SqsClient sampling;
    private final SqsClient asking;

    SqsClients(SqsConfig config) {
        this.config = config;
        this.sampling = client(SAMPLE_TIMEOUT, 1);
        this.asking = client(CALL_TIMEOUT, 2);
    }

    /** Gives up after 0.9 s and never retries. */
    public SqsClient sampling() {
        return sampling;
    }

    /** For actions of a person: up to 25 s, one retry. */
    public SqsClient asking() {
        return asking;
    }

    private SqsClient client(Duration timeout, int attempts) {
        SqsClientBuilder builder = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(timeout)
                        .socketTimeout(timeout)
                        .tlsTrustManagersProvider(() -> CertificateAuthority.trustManagers(config.caFile())))
                .overrideConfiguration(c -> c.apiCallTimeout(timeout)
                        .retryStrategy(DefaultRetryStrategy.standardStrategyBuilder()
                                .maxAttempts(attempts)
                                .build()));
        config.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint)
                        .region(Region.of(config.region()))
                        .credentialsProvider(localCredentials()));
        return builder.build();
    }

    /** An emulator asks for a signature and does not check it: without credentials in the environment any will do. */
    static AwsCredentialsProvider localCredentials() {
        return AwsCredentialsProviderChain.of(
                SystemPropertyCredentialsProvider.create(),
                EnvironmentVariableCredentialsProvider.create(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    @PreDestroy
    void close() {
        sampling.close();
        asking.close();
    }
}

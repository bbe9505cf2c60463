package dev.holdfast.consumer.queue;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Makes the SDK's client as the configuration wants it. */
public final class SqsClients {
    /** A server that is there answers the connection at once. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than the longest poll, or each idle one would end in an error. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(PriceQueue.WAIT_SECONDS + 15L);

    private SqsClients() {}

    public static SqsClient create(SqsConfig config) {
        keepConnections();
        SqsClientBuilder builder = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT)
                        .tlsTrustManagersProvider(() -> CertificateAuthority.trustManagers(config.caFile())))
                // The receivers back off by themselves, and say so in the status; a second layer of retries would hide
                // it.
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
        config.endpoint().ifPresent(endpoint -> ownEndpoint(builder, endpoint, config.region()));
        return builder.build();
    }

    private static void ownEndpoint(SqsClientBuilder builder, URI endpoint, String region) {
        builder.endpointOverride(endpoint).region(Region.of(region)).credentialsProvider(credentialsOrDummies());
    }

    /**
     * Without the SDK's last resorts, which ask the network of a cloud host and take seconds to fail elsewhere. A server without
     * credentials configured takes any signature, so the last link is a made-up pair.
     */
    public static AwsCredentialsProvider credentialsOrDummies() {
        return AwsCredentialsProviderChain.of(
                SystemPropertyCredentialsProvider.create(),
                EnvironmentVariableCredentialsProvider.create(),
                ProfileCredentialsProvider.create(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("holdfast", "holdfast")));
    }

    /** The JDK keeps five idle connections a host by default; with more receivers than that each call would open a new one. */
    private static void keepConnections() {
        if (System.getProperty("http.maxConnections") == null) {
            System.setProperty("http.maxConnections", "64");
        }
    }
}

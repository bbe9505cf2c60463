package dev.holdfast.producer.sending;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Makes the SQS client: for Amazon SQS, or for any server that speaks its protocol. */
public final class SqsClients {
    private static final String OWN_ENDPOINT_REGION = "us-east-1";

    private SqsClients() {}

    /** Without retries of its own: each attempt is counted here, and only the outbox knows what to send again. */
    public static SqsClient build(SqsConfig config, Duration callTimeout, int connections, LastCall lastCall) {
        // HttpURLConnection keeps five idle connections to a server unless told otherwise, and opens the others anew
        // for each call.
        System.setProperty("http.maxConnections", Integer.toString(connections + 1));
        var builder = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(callTimeout.dividedBy(2))
                        .socketTimeout(callTimeout)
                        .tlsTrustManagersProvider(() -> CertificateAuthority.trustManagers(config.caFile())))
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1))
                        .apiCallTimeout(callTimeout)
                        .addExecutionInterceptor(lastCall));
        config.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint)
                        .credentialsProvider(
                                isLoopback(endpoint)
                                        ? orDummy()
                                        : DefaultCredentialsProvider.builder().build())
                        .region(Region.of(config.region().orElse(OWN_ENDPOINT_REGION))));
        if (config.endpoint().isEmpty()) {
            config.region().ifPresent(region -> builder.region(Region.of(region)));
        }
        return builder.build();
    }

    /** The options that lead the AWS CLI to the same place. */
    public static AwsCli cli(SqsConfig config) {
        var options = new ArrayList<String>();
        config.endpoint().ifPresent(endpoint -> options.addAll(List.of("--endpoint-url", endpoint.toString())));
        config.region()
                .or(() -> config.endpoint().map(endpoint -> OWN_ENDPOINT_REGION))
                .ifPresent(region -> options.addAll(List.of("--region", region)));
        return new AwsCli(options);
    }

    /**
     * A server on this machine wants some signature and checks none unless it was given credentials; then they are found here too. The
     * instance metadata service is not asked: it answers nowhere but on EC2, and slowly elsewhere.
     */
    private static AwsCredentialsProvider orDummy() {
        return AwsCredentialsProviderChain.of(
                SystemPropertyCredentialsProvider.create(),
                EnvironmentVariableCredentialsProvider.create(),
                ProfileCredentialsProvider.create(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    static boolean isLoopback(URI endpoint) {
        String host = endpoint.getHost() == null ? "" : endpoint.getHost().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            return isAddress && InetAddress.getByName(host).isLoopbackAddress(); // An address: asks no name server.
        } catch (UnknownHostException malformed) {
            return false;
        }
    }
}

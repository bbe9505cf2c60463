package dev.holdfast.kit.sqs;

import dev.holdfast.kit.start.StartRefusedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** Makes the clients of a queue: for Amazon SQS, or for any server that speaks its protocol. */
public final class SqsClients {
    /** Signed for where an endpoint of one's own is set without a region; servers of this kind accept any. */
    public static final String OWN_ENDPOINT_REGION = "us-east-1";

    private SqsClients() {}

    /**
     * The SDK's client, to be completed by what the caller wants of time limits and retries.
     *
     * @throws StartRefusedException for settings that cannot be used
     */
    public static SqsClientBuilder builder(SqsConfig config, Duration connectTimeout, Duration readTimeout) {
        config.endpoint().ifPresent(SqsClients::requireHttp);
        Credentials.refuseHalf();
        var trusted = CertificateAuthority.trustManagers(config.caFile());
        SqsClientBuilder builder = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(connectTimeout)
                        .socketTimeout(readTimeout)
                        .tlsTrustManagersProvider(() -> trusted));
        config.endpoint()
                .ifPresent(endpoint -> builder.endpointOverride(endpoint).credentialsProvider(credentials(config)));
        config.region()
                .or(() -> config.endpoint().map(endpoint -> OWN_ENDPOINT_REGION))
                .ifPresent(region -> builder.region(Region.of(region)));
        return builder;
    }

    /** Builds it, and says it in a sentence where Amazon SQS is meant and no region is known. */
    public static SqsClient build(SqsClientBuilder builder) {
        try {
            return builder.build();
        } catch (SdkClientException e) {
            throw new StartRefusedException(
                    "Amazon SQS cannot be used without a region; set AWS_REGION or holdfast.sqs.region, or"
                            + " holdfast.sqs.endpoint for a server of your own");
        }
    }

    /**
     * For as many calls at once. HttpURLConnection keeps five idle connections to a server unless told otherwise, and opens the others
     * anew for each call. To be called before the first client is built.
     */
    public static void keepConnections(int connections) {
        System.setProperty("http.maxConnections", Integer.toString(connections));
    }

    /** For what {@link SignedRequests} signs. */
    public static HttpClient http(SqsConfig config, Duration connectTimeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .sslContext(CertificateAuthority.context(config.caFile()))
                .build();
    }

    static AwsCredentialsProvider credentials(SqsConfig config) {
        return config.endpoint()
                .map(Credentials::of)
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
    }

    private static void requireHttp(URI endpoint) {
        String scheme = endpoint.getScheme() == null ? "" : endpoint.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || endpoint.getHost() == null) {
            throw new StartRefusedException(
                    "holdfast.sqs.endpoint must be a URL such as http://localhost:9324, not " + endpoint);
        }
    }
}

package dev.holdfast.harness;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/** The AWS SDK's client, as any program has it. */
public final class Sqs {
    private Sqs() {}

    /** The caller closes it. */
    public static SqsClient client(URI endpoint) {
        return builder(endpoint).build();
    }

    /** For a client with settings of its own. */
    public static SqsClientBuilder builder(URI endpoint) {
        return unconnected(endpoint).httpClientBuilder(UrlConnectionHttpClient.builder());
    }

    /** For a client over an HTTP client of the test's own. */
    public static SqsClientBuilder builder(URI endpoint, SdkHttpClient http) {
        return unconnected(endpoint).httpClient(http);
    }

    private static SqsClientBuilder unconnected(URI endpoint) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials("any", "any"));
    }

    public static StaticCredentialsProvider credentials(String accessKeyId, String secretAccessKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey));
    }
}

package dev.holdfast.kit.sqs;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Signs requests without a body the way SQS calls are signed: with credentials configured, queue-service shows itself to its owner only. */
public final class SignedRequests {
    private static final String SERVICE = "sqs";

    private final String region;
    private final AwsCredentialsProvider credentials;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    /** With the region and the credentials that the SQS client has too. */
    public SignedRequests(SqsConfig config) {
        this.region = config.region().orElse(SqsClients.OWN_ENDPOINT_REGION);
        this.credentials = SqsClients.credentials(config);
    }

    /** To be sent within minutes; a server without credentials ignores the signature. */
    public HttpRequest.Builder get(URI address) {
        return signed(SdkHttpMethod.GET, address).GET();
    }

    /** The same as a POST. */
    public HttpRequest.Builder post(URI address) {
        return signed(SdkHttpMethod.POST, address).POST(BodyPublishers.noBody());
    }

    private HttpRequest.Builder signed(SdkHttpMethod method, URI address) {
        SdkHttpRequest unsigned =
                SdkHttpRequest.builder().method(method).uri(address).build();
        var signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(unsigned)
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        signed.request().forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("Host")) { // The client sets that one by itself.
                values.forEach(value -> request.header(name, value));
            }
        });
        return request;
    }
}

package dev.holdfast.queue.http.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.wire.HttpMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Presigned requests, made by the AWS SDK. */
class PresignedTest {
    private static final String ACCOUNT = "111111111111";
    private static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");
    private static final byte[] NO_BODY = new byte[0];

    private Instant now = SIGNED_AT;
    private final SigV4 signatures = new SigV4(
            Map.of(SignedRequests.KEY_ID, new SigV4.Key(SignedRequests.SECRET, ACCOUNT)), "us-east-1", () -> now);

    @Test
    void isGoodUntilItExpires() {
        String query = presigned("Action=ReceiveMessage&MessageAttributeName.1=a%20b*%2F", Duration.ofHours(1));

        assertThat(signatures.accountOf(get(query))).isEqualTo(ACCOUNT);
        now = SIGNED_AT.plus(Duration.ofHours(1)).plusSeconds(1);
        assertRefused(get(query), SqsError.REQUEST_EXPIRED);
    }

    @Test
    void coversTheQueryTheBodyAndTheExpiry() {
        String query = presigned("Action=ReceiveMessage", Duration.ofHours(1));

        assertRefused(get(query.replace("ReceiveMessage", "PurgeQueue")), SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(get(query + "&Action=PurgeQueue"), SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(get(query.replace("Expires=3600", "Expires=3601")), SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(get(query.replace("Expires=3600", "Expires=604801")), SqsError.INCOMPLETE_SIGNATURE);
        HttpMessage withBody = new HttpMessage(
                "POST",
                "/111111111111/q",
                query,
                SignedRequests.headers("Host", "localhost:9324"),
                "Action=PurgeQueue".getBytes(StandardCharsets.UTF_8));
        assertRefused(withBody, SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    private static String presigned(String query, Duration expires) {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("http://localhost:9324/111111111111/q?" + query))
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(SignedRequests.KEY_ID, SignedRequests.SECRET))
                        .request(request)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sqs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, expires)
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(SIGNED_AT, ZoneOffset.UTC)));
        return signed.request().getUri().getRawQuery();
    }

    private static HttpMessage get(String query) {
        return new HttpMessage(
                "GET", "/111111111111/q", query, SignedRequests.headers("Host", "localhost:9324"), NO_BODY);
    }

    private void assertRefused(HttpMessage message, SqsError error) {
        assertThat(catchThrowableOfType(SqsException.class, () -> signatures.accountOf(message))
                        .error())
                .isEqualTo(error);
    }
}

package dev.holdfast.queue.http.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.wire.HttpMessage;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigV4Test {
    private static final String ACCOUNT = "111111111111";
    private static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");
    private static final String HEADERS = "host;x-amz-date;x-amz-target";
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private Instant now = SIGNED_AT;
    private final SigV4 signatures = new SigV4(
            Map.of(SignedRequests.KEY_ID, new SigV4.Key(SignedRequests.SECRET, ACCOUNT)), "us-east-1", () -> now);

    @Test
    void aGoodSignatureTellsTheAccount() {
        assertThat(signatures.accountOf(signed())).isEqualTo(ACCOUNT);
    }

    @Test
    void withoutASignatureTheCallerIsAnonymous() {
        assertThat(signatures.accountOf(request(BODY))).isEqualTo(Call.ANONYMOUS);
    }

    @Test
    void anotherBodyPathQueryTargetOrMethodBreaksTheSignature() {
        MultiMap signed = signed().headers();
        MultiMap otherTarget =
                MultiMap.caseInsensitiveMultiMap().addAll(signed).set("X-Amz-Target", "AmazonSQS.DeleteQueue");

        assertRefused(
                new HttpMessage("POST", "/", null, signed, "{ }".getBytes(StandardCharsets.UTF_8)),
                SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(new HttpMessage("POST", "/a/b", null, signed, BODY), SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(
                new HttpMessage("POST", "/", "Action=PurgeQueue", signed, BODY), SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(new HttpMessage("GET", "/", null, signed, BODY), SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(new HttpMessage("POST", "/", null, otherTarget, BODY), SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void aHeaderThatSteersTheRequestMustBeSigned() {
        HttpMessage withoutTarget = SignedRequests.signed(request(BODY), "sqs", "host;x-amz-date");
        HttpMessage withoutHost = SignedRequests.signed(request(BODY), "sqs", "x-amz-date;x-amz-target");
        HttpMessage added = signed();
        added.headers().add("X-Amz-Something", "1");

        assertRefused(withoutTarget, SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(withoutHost, SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(added, SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void aSecondValueOfASignedHeaderBreaksTheSignature() {
        HttpMessage doubled = signed();
        doubled.headers().add("X-Amz-Target", "AmazonSQS.DeleteQueue");

        assertRefused(doubled, SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void theClockMayDifferByAQuarterOfAnHour() {
        now = SIGNED_AT.plus(Duration.ofMinutes(15));
        assertThat(signatures.accountOf(signed())).isEqualTo(ACCOUNT);
        now = SIGNED_AT.plus(Duration.ofMinutes(15)).plusSeconds(1);
        assertRefused(signed(), SqsError.REQUEST_EXPIRED);
        now = SIGNED_AT.minus(Duration.ofMinutes(15));
        assertThat(signatures.accountOf(signed())).isEqualTo(ACCOUNT);
        now = SIGNED_AT.minus(Duration.ofMinutes(15)).minusSeconds(1);
        assertRefused(signed(), SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void anUnknownKeyAWrongSecretAndAnotherServiceAreRefused() {
        assertRefused(replaced(signed(), SignedRequests.KEY_ID, "AKIDUNKNOWN"), SqsError.INVALID_CLIENT_TOKEN_ID);
        assertRefused(replaced(signed(), "Signature=", "Signature=0"), SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(SignedRequests.signed(request(BODY), "sns", HEADERS), SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertRefused(replaced(signed(), "/20150830/", "/20150829/"), SqsError.SIGNATURE_DOES_NOT_MATCH);

        SigV4 otherSecret =
                new SigV4(Map.of(SignedRequests.KEY_ID, new SigV4.Key("other", ACCOUNT)), "us-east-1", () -> now);
        assertThat(catchThrowableOfType(SqsException.class, () -> otherSecret.accountOf(signed()))
                        .error())
                .isEqualTo(SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void theScopeIsComparedWhole() {
        SigV4 elsewhere = new SigV4(
                Map.of(SignedRequests.KEY_ID, new SigV4.Key(SignedRequests.SECRET, ACCOUNT)), "eu-west-1", () -> now);

        SqsException refusal = catchThrowableOfType(SqsException.class, () -> elsewhere.accountOf(signed()));
        assertThat(refusal.error()).isEqualTo(SqsError.SIGNATURE_DOES_NOT_MATCH);
        assertThat(refusal.sentence()).contains("us-east-1", "eu-west-1");
        for (String scope : new String[] {
            "//us-east-1/sqs",
            "/2015/us-east-1/sqs",
            "/20150830T/us-east-1/sqs",
            "/20150830/us-east-1/sqs2",
            "/20150830/us-east-12/sqs"
        }) {
            assertRefused(replaced(signed(), "/20150830/us-east-1/sqs", scope), SqsError.SIGNATURE_DOES_NOT_MATCH);
        }
    }

    @Test
    void whatIsNeededOnceIsSentOnce() {
        HttpMessage twice = signed();
        twice.headers().add("Authorization", twice.headers().get("Authorization"));
        HttpMessage other = signed();
        other.headers().add("Authorization", "AWS4-HMAC-SHA256 Credential=x");
        HttpMessage twoDates = signed();
        twoDates.headers().add("X-Amz-Date", SignedRequests.DATE_TIME);

        assertRefused(twice, SqsError.INCOMPLETE_SIGNATURE);
        assertRefused(other, SqsError.INCOMPLETE_SIGNATURE);
        assertRefused(twoDates, SqsError.INCOMPLETE_SIGNATURE);
        assertRefused(
                replaced(
                        signed(),
                        "Credential=",
                        "Credential=AKIDUNKNOWN/20150830/us-east-1/sqs/aws4_request, Credential="),
                SqsError.INCOMPLETE_SIGNATURE);
    }

    @Test
    void anUnsignedContentTypeMayOnlySayWhatTheTargetSays() {
        assertThat(signatures.accountOf(withContentType("application/x-amz-json-1.0", HEADERS)))
                .isEqualTo(ACCOUNT);
        assertThat(signatures.accountOf(
                        withContentType("application/x-www-form-urlencoded", HEADERS + ";content-type")))
                .isEqualTo(ACCOUNT);

        assertRefused(withContentType("application/x-www-form-urlencoded", HEADERS), SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void aSecurityTokenMustBeSigned() {
        HttpMessage added = signed();
        added.headers().set("X-Amz-Security-Token", "token");

        assertRefused(added, SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    private static HttpMessage withContentType(String contentType, String signedHeaders) {
        HttpMessage message = request(BODY);
        message.headers().set("Content-Type", contentType);
        return SignedRequests.signed(message, "sqs", signedHeaders);
    }

    @Test
    void anErrorNeverShowsTheExpectedSignature() {
        String good = signed().headers().get("Authorization").replaceAll(".*Signature=", "");

        SqsException refusal = catchThrowableOfType(
                SqsException.class, () -> signatures.accountOf(replaced(signed(), "Signature=", "Signature=0")));

        assertThat(refusal.sentence()).doesNotContain(good).doesNotContain(SignedRequests.SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic dXNlcjpwYXNz",
                "AWS4-HMAC-SHA256 ",
                "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/sqs/aws4_request, SignedHeaders=host",
                "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/sqs, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=a/20150830/us-east-1/sqs/aws4, SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=0",
                "AWS4-HMAC-SHA256 Credential=, SignedHeaders=host, Signature=0"
            })
    void anAuthorizationHeaderThatIsNotWholeIsIncomplete(String authorization) {
        HttpMessage message = request(BODY);
        message.headers().set("Authorization", authorization);

        assertRefused(message, SqsError.INCOMPLETE_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "20150830", "20151330T123600Z", "2015-08-30T12:36:00Z"})
    void aDateThatIsNoneIsIncomplete(String date) {
        HttpMessage message = signed();
        message.headers().set("X-Amz-Date", date);

        assertRefused(message, SqsError.INCOMPLETE_SIGNATURE);
    }

    @Test
    void theGivenHashOfTheBodyMustBeThatOfTheBody() {
        HttpMessage unsignedPayload = request(BODY);
        unsignedPayload.headers().set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD");

        assertRefused(
                SignedRequests.signed(unsignedPayload, "sqs", HEADERS + ";x-amz-content-sha256"),
                SqsError.SIGNATURE_DOES_NOT_MATCH);
    }

    private static HttpMessage request(byte[] body) {
        return new HttpMessage(
                "POST",
                "/",
                null,
                SignedRequests.headers(
                        "Host", "localhost:9324",
                        "X-Amz-Date", SignedRequests.DATE_TIME,
                        "X-Amz-Target", "AmazonSQS.ListQueues"),
                body);
    }

    private static HttpMessage signed() {
        return SignedRequests.signed(request(BODY), "sqs", HEADERS);
    }

    private static HttpMessage replaced(HttpMessage message, String old, String with) {
        message.headers()
                .set("Authorization", message.headers().get("Authorization").replace(old, with));
        return message;
    }

    private void assertRefused(HttpMessage message, SqsError error) {
        assertThat(catchThrowableOfType(SqsException.class, () -> signatures.accountOf(message))
                        .error())
                .isEqualTo(error);
    }
}

package dev.holdfast.queue.http.signature;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.wire.HttpMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Verifies AWS Signature Version 4, in the Authorization header or in the query string of a presigned request. Thread-safe.
 *
 * <p>The order is that of the document: the form of the signature, its scope, its time, then the signature itself; and the
 * body's hash before anything acts on the body. An unknown key costs the same computation as a known one, so that time
 * does not tell which keys exist.
 */
public final class SigV4 {
    private static final Duration MAX_SKEW = Duration.ofMinutes(15);
    private static final String SERVICE = "sqs";
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final Key UNKNOWN = new Key("a secret that no key has", Call.ANONYMOUS);

    private final Map<String, Key> keys;
    private final String region;
    private final InstantSource wallClock;
    private final SigningKeys signingKeys = new SigningKeys();

    /** What belongs to an access key id. */
    public record Key(String secret, String account) {
        @Override
        public String toString() {
            return "Key of " + account;
        }
    }

    public SigV4(Map<String, Key> keysById, String region, InstantSource wallClock) {
        this.keys = Map.copyOf(keysById);
        this.region = region;
        this.wallClock = wallClock;
    }

    public String accountOf(HttpMessage message) {
        Signature signature = Signature.of(message);
        if (signature == null) {
            return Call.ANONYMOUS;
        }
        signature.requireScope(region, SERVICE);
        Key known = keys.get(signature.accessKeyId());
        Key key = known == null ? UNKNOWN : known;
        SqsException outOfTime = outOfTime(signature);
        CanonicalRequest canonical = new CanonicalRequest(message, signature);
        canonical.requireSignedHeaders();
        String payloadHash = payloadHash(message, signature);
        boolean matches = matches(signature, canonical.text(payloadHash), key);

        if (known == null) {
            throw SqsError.INVALID_CLIENT_TOKEN_ID.because("The security token included in the request is invalid.");
        }
        if (outOfTime != null) {
            throw outOfTime;
        }
        if (!matches) {
            throw SqsError.SIGNATURE_DOES_NOT_MATCH.because(
                    "The request signature we calculated does not match the signature you provided. Check the secret"
                            + " access key and how the request is signed.");
        }
        return known.account();
    }

    private boolean matches(Signature signature, String canonicalRequest, Key key) {
        String toSign = String.join(
                "\n",
                Signature.ALGORITHM,
                signature.dateTime(),
                signature.scope(),
                hex(Hashes.sha256(canonicalRequest.getBytes(StandardCharsets.UTF_8))));
        byte[] signingKey = signingKeys.of(key.secret(), signature.day(), signature.region(), signature.service());
        byte[] expected = hex(Hashes.hmac(signingKey, toSign)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, signature.signature().getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable SqsException outOfTime(Signature signature) {
        Instant now = wallClock.instant();
        Instant signed = signature.instant();
        if (signed.isAfter(now.plus(MAX_SKEW))) {
            return SqsError.SIGNATURE_DOES_NOT_MATCH.because("Signature not yet current: " + signature.dateTime()
                    + " is more than 15 minutes after the server's clock, " + now + ".");
        }
        Duration valid = signature.expires() == null ? MAX_SKEW : signature.expires();
        if (now.isAfter(signed.plus(valid))) {
            return SqsError.REQUEST_EXPIRED.because("Signature expired: " + signature.dateTime() + " was more than "
                    + valid.toSeconds() + " seconds before the server's clock, " + now + ".");
        }
        return null;
    }

    /** The hash that the signature must cover: always that of the bytes we have, except where none is asked for. */
    private static String payloadHash(HttpMessage message, Signature signature) {
        String given = message.headers().get("X-Amz-Content-Sha256");
        boolean presignedGet = signature.expires() != null && message.method().equals("GET");
        if (presignedGet && message.body().length == 0 && UNSIGNED_PAYLOAD.equals(given)) {
            return UNSIGNED_PAYLOAD;
        }
        String actual = hex(Hashes.sha256(message.body()));
        if (given != null && !given.toLowerCase(Locale.ROOT).equals(actual)) {
            throw SqsError.SIGNATURE_DOES_NOT_MATCH.because(
                    "The header X-Amz-Content-Sha256 is not the SHA-256 of the body.");
        }
        return actual;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

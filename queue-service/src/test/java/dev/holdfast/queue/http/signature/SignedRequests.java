package dev.holdfast.queue.http.signature;

import dev.holdfast.queue.wire.HttpMessage;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Signs like a client, with our own parts; that these agree with AWS's is shown by the published vectors and by the SDK. */
public final class SignedRequests {
    public static final String KEY_ID = "AKIDEXAMPLE";
    public static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final String DAY = "20150830";
    public static final String DATE_TIME = DAY + "T123600Z";

    private SignedRequests() {}

    public static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    /** The message with an Authorization header over these headers. */
    public static HttpMessage signed(HttpMessage message, String service, String signedHeaders) {
        String credential = KEY_ID + "/" + DAY + "/us-east-1/" + service + "/aws4_request";
        HttpMessage unsigned = withAuthorization(message, credential, signedHeaders, "0");
        Signature draft = signatureOf(unsigned);
        String payload = HexFormat.of().formatHex(Hashes.sha256(message.body()));
        String canonical = new CanonicalRequest(unsigned, draft).text(payload);
        String toSign = String.join(
                "\n",
                Signature.ALGORITHM,
                draft.dateTime(),
                draft.scope(),
                HexFormat.of().formatHex(Hashes.sha256(canonical.getBytes(StandardCharsets.UTF_8))));
        byte[] key = new SigningKeys().of(SECRET, DAY, "us-east-1", service);
        String signature = HexFormat.of().formatHex(Hashes.hmac(key, toSign));
        return withAuthorization(message, credential, signedHeaders, signature);
    }

    static Signature signatureOf(HttpMessage message) {
        Signature signature = Signature.of(message);
        if (signature == null) {
            throw new AssertionError("Not signed: " + message);
        }
        return signature;
    }

    static HttpMessage withAuthorization(
            HttpMessage message, String credential, String signedHeaders, String signature) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(message.headers());
        headers.set(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" + signedHeaders + ", Signature="
                        + signature);
        return new HttpMessage(message.method(), message.path(), message.query(), headers, message.body());
    }
}

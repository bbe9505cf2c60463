package dev.holdfast.queue.http.signature;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.wire.HttpMessage;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The one text that both sides of a signature must come to. */
final class CanonicalRequest {
    private final HttpMessage message;
    private final Signature signature;
    private final Map<String, String> headers = new TreeMap<>();

    CanonicalRequest(HttpMessage message, Signature signature) {
        this.message = message;
        this.signature = signature;
        for (Map.Entry<String, String> header : message.headers()) {
            String value = header.getValue().strip().replaceAll(" +", " ");
            headers.merge(header.getKey().toLowerCase(Locale.ROOT), value, (first, next) -> first + "," + next);
        }
    }

    /** What steers the request must be signed, or it could be swapped under a good signature: X-Amz-Target above all. */
    void requireSignedHeaders() {
        for (String header : headers.keySet()) {
            boolean steers =
                    header.equals("host") || (header.startsWith("x-amz-") && !header.equals("x-amz-user-agent"));
            if (steers && !signature.signedHeaders().contains(header)) {
                throw SqsError.SIGNATURE_DOES_NOT_MATCH.because("The header " + header + " must be signed.");
            }
        }
        if (!signature.signedHeaders().contains("host")) {
            throw SqsError.SIGNATURE_DOES_NOT_MATCH.because("The header host must be signed.");
        }
        requireSignedContentType();
    }

    /** The SDK for PHP does not sign it. It may say then what the signed target says anyway: JSON with a target, a form without. */
    private void requireSignedContentType() {
        String contentType = headers.get("content-type");
        if (contentType != null && !signature.signedHeaders().contains("content-type")) {
            boolean saysJson = contentType.startsWith("application/x-amz-json");
            if (saysJson != headers.containsKey("x-amz-target")) {
                throw SqsError.SIGNATURE_DOES_NOT_MATCH.because("The header content-type must be signed.");
            }
        }
    }

    String text(String payloadHash) {
        StringBuilder text = new StringBuilder(512);
        text.append(message.method()).append('\n');
        text.append(UriEncoding.canonicalPath(message.path())).append('\n');
        text.append(message.query() == null ? "" : QueryString.canonical(message.query()))
                .append('\n');
        TreeSet<String> signed = new TreeSet<>(signature.signedHeaders());
        for (String header : signed) {
            text.append(header)
                    .append(':')
                    .append(headers.getOrDefault(header, ""))
                    .append('\n');
        }
        text.append('\n').append(String.join(";", signed)).append('\n');
        return text.append(payloadHash).toString();
    }
}

package dev.holdfast.queue.http.signature;

import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.wire.HttpMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about its own signature.
 *
 * @param dateTime when it was signed, for instance "20150830T123600Z"
 * @param expires how long a presigned request is good for; null for one signed in its header
 */
record Signature(
        String accessKeyId,
        String day,
        String region,
        String service,
        List<String> signedHeaders,
        String signature,
        String dateTime,
        @Nullable Duration expires) {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";
    static final String TERMINATOR = "aws4_request";
    static final String PRESIGNED_SIGNATURE = "X-Amz-Signature";

    private static final long MAX_EXPIRES_SECONDS = 604_800;
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    /** Null if the request carries no signature at all. */
    static @Nullable Signature of(HttpMessage message) {
        String authorization = only(message, "Authorization");
        Map<String, String> query = message.query() == null ? Map.of() : QueryString.decoded(message.query());
        boolean presigned = query.containsKey(PRESIGNED_SIGNATURE) || query.containsKey("X-Amz-Algorithm");
        if (authorization == null) {
            return presigned ? presigned(query) : null;
        }
        if (presigned) {
            throw incomplete("A request is signed in its header or in its query string, not in both.");
        }
        return inHeader(authorization, only(message, "X-Amz-Date"));
    }

    private static @Nullable String only(HttpMessage message, String header) {
        List<String> values = message.headers().getAll(header);
        if (values.size() > 1) {
            throw incomplete("The header " + header + " must be sent once only.");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    private static Signature inHeader(String authorization, @Nullable String dateTime) {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw incomplete("The Authorization header must start with " + ALGORITHM + ".");
        }
        Map<String, String> parts = new HashMap<>();
        for (String part : authorization.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? part : part.substring(0, equals).strip();
            if (equals < 0 || parts.put(name, part.substring(equals + 1).strip()) != null) {
                throw incomplete(
                        "The Authorization header must hold Credential, SignedHeaders and Signature once each.");
            }
        }
        return of(
                required(parts.get("Credential"), "Authorization header requires 'Credential' parameter."),
                required(parts.get("SignedHeaders"), "Authorization header requires 'SignedHeaders' parameter."),
                required(parts.get("Signature"), "Authorization header requires 'Signature' parameter."),
                required(dateTime, "Authorization header requires existence of an 'X-Amz-Date' header."),
                null);
    }

    private static Signature presigned(Map<String, String> query) {
        if (!ALGORITHM.equals(query.get("X-Amz-Algorithm"))) {
            throw incomplete("X-Amz-Algorithm must be " + ALGORITHM + ".");
        }
        return of(
                required(query.get("X-Amz-Credential"), "X-Amz-Credential is missing."),
                required(query.get("X-Amz-SignedHeaders"), "X-Amz-SignedHeaders is missing."),
                required(query.get(PRESIGNED_SIGNATURE), "X-Amz-Signature is missing."),
                required(query.get("X-Amz-Date"), "X-Amz-Date is missing."),
                expires(required(query.get("X-Amz-Expires"), "X-Amz-Expires is missing.")));
    }

    private static Duration expires(String seconds) {
        if (seconds.length() <= 6 && !seconds.isEmpty() && seconds.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long number = Long.parseLong(seconds);
            if (number >= 1 && number <= MAX_EXPIRES_SECONDS) {
                return Duration.ofSeconds(number);
            }
        }
        throw incomplete("X-Amz-Expires must be a number of seconds from 1 to " + MAX_EXPIRES_SECONDS + ".");
    }

    private static Signature of(
            String credential, String signedHeaders, String signature, String dateTime, @Nullable Duration expires) {
        String[] scope = credential.split("/", -1);
        if (scope.length != 5 || !scope[4].equals(TERMINATOR)) {
            throw incomplete("Credential must be <access key id>/<yyyymmdd>/<region>/<service>/" + TERMINATOR + ".");
        }
        List<String> headers = List.of(signedHeaders.toLowerCase(Locale.ROOT).split(";", -1));
        var parsed = new Signature(scope[0], scope[1], scope[2], scope[3], headers, signature, dateTime, expires);
        parsed.instant();
        return parsed;
    }

    Instant instant() {
        try {
            return LocalDateTime.parse(dateTime, DATE_TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw incomplete("X-Amz-Date must look like 20150830T123600Z.");
        }
    }

    String scope() {
        return String.join("/", day, region, service, TERMINATOR);
    }

    void requireScope(String expectedRegion, String expectedService) {
        if (!region.equals(expectedRegion)) {
            throw SqsError.SIGNATURE_DOES_NOT_MATCH.because("Credential should be scoped to a valid region, not '"
                    + region + "'. This server's is '" + expectedRegion + "' (holdfast.region).");
        }
        if (!service.equals(expectedService)) {
            throw SqsError.SIGNATURE_DOES_NOT_MATCH.because(
                    "Credential should be scoped to correct service: '" + expectedService + "'.");
        }
        if (!day.equals(dateTime.substring(0, dateTime.indexOf('T')))) {
            throw SqsError.SIGNATURE_DOES_NOT_MATCH.because(
                    "Date in Credential scope does not match YYYYMMDD of X-Amz-Date.");
        }
    }

    private static String required(@Nullable String part, String sentence) {
        if (part == null || part.isEmpty()) {
            throw incomplete(sentence);
        }
        return part;
    }

    private static SqsException incomplete(String sentence) {
        return SqsError.INCOMPLETE_SIGNATURE.because(sentence);
    }
}

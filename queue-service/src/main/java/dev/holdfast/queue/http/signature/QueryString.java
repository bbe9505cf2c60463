package dev.holdfast.queue.http.signature;

import dev.holdfast.queue.api.SqsError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The query string of a signed request: decoded to look into, canonical to sign. */
final class QueryString {
    private QueryString() {}

    /** @throws dev.holdfast.queue.api.SqsException IncompleteSignature for a parameter of a signature that is there twice */
    static Map<String, String> decoded(String query) {
        Map<String, String> decoded = new HashMap<>();
        for (Pair pair : pairs(query)) {
            if (decoded.putIfAbsent(pair.name(), pair.value()) != null
                    && pair.name().startsWith("X-Amz-")) {
                throw SqsError.INCOMPLETE_SIGNATURE.because(
                        "The parameter " + pair.name() + " must be sent once only.");
            }
        }
        return decoded;
    }

    /** Names and values encoded anew, sorted by their encoded form, without the signature itself. */
    static String canonical(String query) {
        List<Pair> encoded = new ArrayList<>();
        for (Pair pair : pairs(query)) {
            if (!pair.name().equals(Signature.PRESIGNED_SIGNATURE)) {
                encoded.add(new Pair(UriEncoding.encode(pair.name()), UriEncoding.encode(pair.value())));
            }
        }
        encoded.sort(null);
        List<String> joined =
                encoded.stream().map(pair -> pair.name() + "=" + pair.value()).toList();
        return String.join("&", joined);
    }

    private record Pair(String name, String value) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int byName = name.compareTo(other.name);
            return byName != 0 ? byName : value.compareTo(other.value);
        }
    }

    private static List<Pair> pairs(String query) {
        List<Pair> pairs = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                pairs.add(new Pair(decode(name), equals < 0 ? "" : decode(part.substring(equals + 1))));
            }
        }
        return pairs;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw SqsError.SERIALIZATION.because("A \"%\" in the query string is not followed by two hex digits.");
        }
    }
}

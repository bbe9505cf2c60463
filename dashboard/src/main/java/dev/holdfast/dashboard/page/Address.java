package dev.holdfast.dashboard.page;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a browser is: the path and query of its address bar, decoded. */
public record Address(List<String> segments, Map<String, String> query) {
    /** Longer than any link of ours. */
    private static final int LENGTH_AT_MOST = 2_000;

    public Address {
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
    }

    /**
     * Reads {@code /queues/orders?state=waiting}.
     *
     * @throws IllegalArgumentException when it is no address of this site
     */
    public static Address parse(String link) {
        if (!link.startsWith("/") || link.length() > LENGTH_AT_MOST) {
            throw new IllegalArgumentException("not an address of this site");
        }
        URI uri = URI.create(link);
        List<String> segments = Arrays.stream(uri.getRawPath().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(Address::decoded)
                .toList();
        Map<String, String> query = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                int equals = pair.indexOf('=');
                query.putIfAbsent(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Address(segments, query);
    }

    /** Whether the path consists of these segments; {@code *} stands for any one. */
    public boolean is(String... expected) {
        if (segments.size() != expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (!expected[i].equals("*") && !expected[i].equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

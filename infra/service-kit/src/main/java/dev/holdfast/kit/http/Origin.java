package dev.holdfast.kit.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Scheme, host and port: what makes two addresses one origin to a browser. Lower-case, and the port is never left out. */
public record Origin(String scheme, String host, int port) {
    private static final Pattern ORIGIN = Pattern.compile("(https?)://([^/?#]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]@/?#\\s]+)(?::([0-9]{1,5}))?");

    /** From an Origin header, or from the URL of a page; null for one that names no server, as the browser's "null". */
    public static @Nullable Origin ofPage(String text) {
        Matcher parts = ORIGIN.matcher(text);
        return parts.lookingAt() ? of(parts.group(1), parts.group(2)) : null;
    }

    /** From a request's scheme and its Host header or :authority; null for an authority that is malformed. */
    public static @Nullable Origin of(String scheme, String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return null;
        }
        String lowerScheme = scheme.toLowerCase(Locale.ROOT);
        String port = parts.group(2);
        return new Origin(
                lowerScheme,
                parts.group(1).toLowerCase(Locale.ROOT),
                port == null ? defaultPort(lowerScheme) : Integer.parseInt(port));
    }

    /** Whether this is the other one, reached through something that speaks TLS before it. */
    boolean isBehindTls(Origin plain) {
        return scheme.equals("https")
                && plain.scheme.equals("http")
                && host.equals(plain.host)
                && (port == plain.port || (isDefaultPort() && plain.isDefaultPort()));
    }

    private boolean isDefaultPort() {
        return port == defaultPort(scheme);
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}

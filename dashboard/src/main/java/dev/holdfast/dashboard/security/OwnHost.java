package dev.holdfast.dashboard.security;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges from a request's own words whether it comes from one of our pages or from another web page. */
final class OwnHost {
    /** A name may be made to point here by its owner (DNS rebinding); an address cannot. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9A-Fa-f:.]+]");

    private static final Pattern PORT = Pattern.compile(":\\d+$");

    private OwnHost() {}

    /** Whether a Host header names this machine or a name that was allowed. */
    static boolean isOwn(String host, List<String> allowed) {
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || ADDRESS.matcher(name).matches()
                || allowed.stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Whether a request that changes something was made by another page. Programs send neither header. */
    static boolean isForeign(String host, @Nullable String origin, @Nullable String fetchSite) {
        if (fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
            return true;
        }
        return origin != null && !sameAuthority(origin, host);
    }

    private static boolean sameAuthority(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}

package dev.holdfast.queue.message;

import java.util.Collection;

/** How a receive names the attributes that it wants: each by its name, by "prefix.*", or all with "All", ".*" and "*". */
public final class NameFilter {
    private static final String ANY = ".*";

    private NameFilter() {}

    public static boolean matches(Collection<String> filters, String name) {
        return filters.stream().anyMatch(filter -> matches(filter, name));
    }

    private static boolean matches(String filter, String name) {
        return isPattern(filter) ? name.startsWith(prefix(filter)) : name.equals(filter);
    }

    public static boolean isPattern(String filter) {
        return filter.equals("All") || filter.equals("*") || filter.endsWith(ANY);
    }

    /** Recorded: the point belongs to the pattern, not to the prefix, so that "Hel.*" asks for Hello. */
    private static String prefix(String pattern) {
        return pattern.endsWith(ANY) ? pattern.substring(0, pattern.length() - ANY.length()) : "";
    }
}

package dev.holdfast.kit.http;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The hosts under which a server may be called. A page can make a name of its own resolve to this machine (DNS rebinding), so that a
 * request for a foreign name comes from a foreign page, however much it looks like one of ours. An address cannot be made to do that.
 */
public final class OwnHosts {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");

    private final Set<String> names;
    private final Reach reach;

    /** Who can send requests at all. */
    public enum Reach {
        /** This machine, by its own names and addresses. */
        LOOPBACK,
        /** Others too, by any address and by the names configured. */
        ADDRESSES,
        /** Others too, by whatever name: for a server that believes nobody without a signature. */
        ANY_NAME
    }

    /** @param names configured ones, which are our own wherever the server listens */
    public OwnHosts(List<String> names, Reach reach) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
        this.reach = reach;
    }

    boolean contains(String host) {
        return Loopback.isHost(host)
                || isConfigured(host)
                || switch (reach) {
                    case LOOPBACK -> false;
                    case ADDRESSES -> ADDRESS.matcher(host).matches();
                    case ANY_NAME -> true;
                };
    }

    boolean isConfigured(String host) {
        return names.contains(host);
    }
}

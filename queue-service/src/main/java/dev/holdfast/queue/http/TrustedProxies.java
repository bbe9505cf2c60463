package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Transport;
import dev.holdfast.queue.policy.IpRange;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Which proxies are believed when they say where a request came from. A client can send the same headers, so that only what a trusted
 * proxy has added counts: of the addresses in X-Forwarded-For the last that is not a trusted proxy itself.
 */
public final class TrustedProxies {
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

    private final List<IpRange> ranges = new ArrayList<>();

    /** @throws ConfigurationException for what is neither an address nor a range */
    public TrustedProxies(List<String> addresses) {
        for (String address : addresses) {
            IpRange range = IpRange.parse(address.strip());
            if (range == null) {
                throw new ConfigurationException(
                        "holdfast.trusted-proxies must list addresses such as 10.0.0.1, or ranges such as"
                                + " 10.0.0.0/8, not \"" + address + "\".");
            }
            ranges.add(range);
        }
    }

    /** @param secure whether the connection is encrypted */
    Transport transport(InetAddress peer, boolean secure, MultiMap headers) {
        if (!isTrusted(peer)) {
            return new Transport(peer, secure);
        }
        List<String> protocols = values(headers, FORWARDED_PROTO);
        boolean secureBefore = protocols.isEmpty()
                ? secure
                : protocols.get(protocols.size() - 1).equalsIgnoreCase("https");
        return new Transport(sourceBefore(peer, values(headers, FORWARDED_FOR)), secureBefore);
    }

    private InetAddress sourceBefore(InetAddress peer, List<String> forwardedFor) {
        InetAddress source = peer;
        for (int i = forwardedFor.size() - 1; i >= 0 && isTrusted(source); i--) {
            InetAddress before = IpRange.address(forwardedFor.get(i));
            if (before == null) {
                break; // What stands behind it was not added by a proxy that is trusted.
            }
            source = before;
        }
        return source;
    }

    private boolean isTrusted(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /** Of all headers of that name, as one list. */
    private static List<String> values(MultiMap headers, String name) {
        List<String> values = new ArrayList<>();
        for (String header : headers.getAll(name)) {
            for (String value : header.split(",", -1)) {
                values.add(value.strip());
            }
        }
        return values;
    }
}

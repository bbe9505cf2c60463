package dev.holdfast.kit.netty;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which host a request is for, and how long its body is: there must be one answer to each. */
final class RequestFields {
    private static final String CHUNKED = "chunked";

    private RequestFields() {}

    /** What is wrong, or null. A request without a host is the router's to refuse. */
    static @Nullable String wrongIn(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1) {
            return "several Host headers";
        }
        if (!isTarget(request.uri(), request.method().name(), hosts)) {
            return "a target that is neither a path nor a URL of the host in the Host header";
        }
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean chunked = codings.size() == 1
                && codings.get(0).equalsIgnoreCase(CHUNKED)
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        return codings.isEmpty() || chunked ? null : "a transfer coding other than chunked";
    }

    /** Neither a path nor a URL: it names no other host, and the router refuses it in the words of its service. */
    static boolean isForTheRouter(String target) {
        return !target.startsWith("/") && !target.contains("://") && !target.equals("*");
    }

    private static boolean isTarget(String target, String method, List<String> hosts) {
        if (target.startsWith("/")) {
            return true;
        }
        if (target.equals("*")) {
            return method.equals("OPTIONS");
        }
        if (isForTheRouter(target)) {
            return true;
        }
        String lower = target.toLowerCase(Locale.ROOT);
        String afterScheme = lower.startsWith("http://")
                ? lower.substring("http://".length())
                : lower.startsWith("https://") ? lower.substring("https://".length()) : "";
        String authority = afterScheme.split("[/?#]", 2)[0];
        return !authority.isEmpty()
                && (hosts.isEmpty() || authority.equals(hosts.get(0).toLowerCase(Locale.ROOT)));
    }
}

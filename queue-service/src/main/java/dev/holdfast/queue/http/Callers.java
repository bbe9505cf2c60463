package dev.holdfast.queue.http;

import dev.holdfast.queue.wire.HttpMessage;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;

/** Who calls, and what queue URLs in the answer start with. */
public final class Callers {
    private final Function<HttpMessage, String> authentication;
    private final Optional<String> publicUrl;

    /** @param authentication tells the account that a request comes from, or refuses it */
    public Callers(Function<HttpMessage, String> authentication, Optional<String> publicUrl) {
        this.authentication = authentication;
        this.publicUrl = publicUrl.map(Callers::withoutSlash);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** @throws dev.holdfast.queue.api.SqsException for a signature that does not hold */
    String accountOf(HttpMessage message) {
        return authentication.apply(message);
    }

    /** Scheme and authority by which the client reached this server, unless one is set for all. */
    String baseUrl(HttpServerRequest http) {
        if (publicUrl.isPresent()) {
            return publicUrl.get();
        }
        String host = http.getHeader(HttpHeaders.HOST);
        if (host == null) {
            host = http.authority() == null ? "localhost" : http.authority().toString();
        }
        return (http.isSSL() ? "https://" : "http://") + host;
    }
}

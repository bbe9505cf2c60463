package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Transport;
import dev.holdfast.queue.http.netty.Connections;
import dev.holdfast.queue.wire.HttpMessage;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;

/** Who calls, by which way, and what queue URLs in the answer start with. */
public final class Callers {
    private final Function<HttpMessage, String> authentication;
    private final boolean verifiesSignatures;
    private final TrustedProxies proxies;
    private final Optional<String> publicUrl;

    /**
     * @param authentication tells the account that a request comes from, or refuses it
     * @param verifiesSignatures whether it believes none but a signed request
     */
    public Callers(
            Function<HttpMessage, String> authentication,
            boolean verifiesSignatures,
            TrustedProxies proxies,
            Optional<String> publicUrl) {
        this.authentication = authentication;
        this.verifiesSignatures = verifiesSignatures;
        this.proxies = proxies;
        this.publicUrl = publicUrl.map(Callers::withoutSlash);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** @throws dev.holdfast.queue.api.SqsException for a signature that does not hold */
    String accountOf(HttpMessage message) {
        return authentication.apply(message);
    }

    /** Whether it was signed, as far as this server looks; a page can make no browser sign in a header. */
    boolean isSigned(HttpServerRequest http, String account) {
        return verifiesSignatures
                ? !account.equals(Call.ANONYMOUS)
                : http.headers().contains(HttpHeaders.AUTHORIZATION);
    }

    Transport transport(HttpServerRequest http) {
        return proxies.transport(Connections.addressOf(http.connection()), http.isSSL(), http.headers());
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

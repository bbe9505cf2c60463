package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.policy.Access;
import dev.holdfast.queue.wire.HttpMessage;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/**
 * With credentials configured, keeps everything that is not the SQS API to the owner, because the operator's API shows messages.
 * Health stays open; metrics are also given for a bearer token, because collectors cannot sign.
 */
@Singleton
public class OwnerOnly implements Handler<RoutingContext> {
    private static final String HEALTH = "/q/health";

    /** Health where Quarkus has it, and where tools look for it that were written for other servers. */
    private static final Set<String> OPEN = Set.of(HEALTH, "/health", "/_localstack/health");

    private static final String METRICS = "/q/metrics";
    private static final byte[] NO_BODY = new byte[0];

    private final Authentication authentication;
    private final String owner;
    private final Optional<String> metricsToken;

    @Inject
    OwnerOnly(Authentication authentication, ServerConfig config, Access access) {
        this(authentication, config.account(), access.metricsToken());
    }

    OwnerOnly(Authentication authentication, String owner, Optional<String> metricsToken) {
        this.authentication = authentication;
        this.owner = owner;
        this.metricsToken = metricsToken;
    }

    @Override
    public void handle(RoutingContext context) {
        if (authentication.isRequired() && !isOpen(context)) {
            try {
                requireOwner(context.request());
            } catch (SqsException refusal) {
                Refusals.send(context.request(), refusal);
                return;
            }
        }
        context.next();
    }

    private boolean isOpen(RoutingContext context) {
        String path = context.normalizedPath();
        return OPEN.contains(path)
                || path.startsWith(HEALTH + "/")
                || (path.equals(METRICS) && hasToken(context.request()));
    }

    private boolean hasToken(HttpServerRequest request) {
        String given = request.getHeader("Authorization");
        return given != null
                && metricsToken.isPresent()
                && MessageDigest.isEqual(bytes(given), bytes("Bearer " + metricsToken.get()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** None of these routes reads a body, so the signature must cover an empty one. */
    private void requireOwner(HttpServerRequest request) {
        String account = authentication.accountOf(
                new HttpMessage(request.method().name(), request.path(), request.query(), request.headers(), NO_BODY));
        if (account.equals(Call.ANONYMOUS)) {
            throw SqsError.MISSING_AUTHENTICATION_TOKEN.because(
                    "The request must be signed by the owner's account, for the service sqs; " + METRICS
                            + " also takes the bearer token of holdfast.metrics-token.");
        }
        if (!account.equals(owner)) {
            throw SqsError.ACCESS_DENIED.because("Only the owner's account may look into this server.");
        }
    }
}

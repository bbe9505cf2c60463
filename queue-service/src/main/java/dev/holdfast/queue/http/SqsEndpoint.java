package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.faults.Fault;
import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.wire.HttpMessage;
import dev.holdfast.queue.wire.Protocol;
import dev.holdfast.queue.wire.QueryProtocol;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one route of the SQS API: POST and GET on "/" and on a queue URL's path, served wholly on the I/O thread. Paths of
 * the operator's API, of health and of metrics are left to their own routes.
 */
public final class SqsEndpoint implements Handler<RoutingContext> {
    final Service service;
    final Undelivered undelivered;
    final Function<HttpMessage, String> authentication;
    final Function<Request, @Nullable Fault> faults;
    final Optional<String> publicUrl;
    final Protocol forms;
    final long maxBodyBytes;
    final Admission admission;

    /**
     * @param authentication tells the account that a request comes from, or refuses it
     * @param faults what is to go wrong with a request; null for nothing
     */
    public SqsEndpoint(
            Service service,
            Undelivered undelivered,
            Function<HttpMessage, String> authentication,
            Function<Request, @Nullable Fault> faults,
            Optional<String> publicUrl,
            Admission admission) {
        this(service, undelivered, authentication, faults, publicUrl, admission, new QueryProtocol());
    }

    /** @param forms what reads a request that is no JSON */
    public SqsEndpoint(
            Service service,
            Undelivered undelivered,
            Function<HttpMessage, String> authentication,
            Function<Request, @Nullable Fault> faults,
            Optional<String> publicUrl,
            Admission admission,
            Protocol forms) {
        this.service = service;
        this.undelivered = undelivered;
        this.authentication = authentication;
        this.faults = faults;
        this.publicUrl = publicUrl.map(SqsEndpoint::withoutSlash);
        this.forms = forms;
        this.maxBodyBytes = admission.limits().maxBodyBytes().asLongValue();
        this.admission = admission;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isServed(request.path()) && !request.method().equals(HttpMethod.OPTIONS)) {
            new Exchange(this, request, context.vertx()).begin();
        } else {
            context.next();
        }
    }

    /** "/" and "/{account}/{queue}". First segments "q" and "_…" belong to Quarkus and to the operator's API. */
    static boolean isServed(String path) {
        if (path.length() <= 1) {
            return true;
        }
        int second = path.indexOf('/', 1);
        boolean twoSegments = second > 1 && second < path.length() - 1 && path.indexOf('/', second + 1) < 0;
        return twoSegments && path.charAt(1) != '_' && !path.startsWith("/q/");
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}

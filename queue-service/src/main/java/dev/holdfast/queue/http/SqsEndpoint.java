package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.faults.Fault;
import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.wire.Protocol;
import dev.holdfast.queue.wire.QueryProtocol;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one route of the SQS API: POST and GET on "/" and on a queue URL's path, served wholly on the I/O thread. Paths of
 * the operator's API, of health and of metrics are left to their own routes.
 */
public final class SqsEndpoint implements Handler<RoutingContext> {
    final Service service;
    final Undelivered undelivered;
    final Callers callers;
    final Function<Request, @Nullable Fault> faults;
    final Admission admission;

    /** What reads a request that is not JSON. */
    final QueryProtocol forms;

    /** Whether requests can change something. */
    final boolean changes;

    /** @param faults what is to go wrong with a request; null for nothing */
    public SqsEndpoint(
            Service service,
            Undelivered undelivered,
            Callers callers,
            Function<Request, @Nullable Fault> faults,
            Admission admission) {
        this(service, undelivered, callers, faults, admission, Protocol.QUERY, true);
    }

    SqsEndpoint(
            Service service,
            Undelivered undelivered,
            Callers callers,
            Function<Request, @Nullable Fault> faults,
            Admission admission,
            QueryProtocol forms,
            boolean changes) {
        this.service = service;
        this.undelivered = undelivered;
        this.callers = callers;
        this.faults = faults;
        this.admission = admission;
        this.forms = forms;
        this.changes = changes;
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

    /** "/" and "/{account}/{queue}", with slashes doubled or at the end, too. First segments "q" and "_…" belong to Quarkus and to the operator's API. */
    static boolean isServed(String path) {
        List<String> segments = Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        return switch (segments.size()) {
            case 0 -> true;
            case 2 ->
                !segments.getFirst().startsWith("_") && !segments.getFirst().equals("q");
            default -> false;
        };
    }
}

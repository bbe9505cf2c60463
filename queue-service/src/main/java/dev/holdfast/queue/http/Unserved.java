package dev.holdfast.queue.http;

import dev.holdfast.queue.api.SqsError;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers at paths that no route serves. */
@Singleton
public class Unserved {
    private final CurrentVertxRequest current;

    Unserved(CurrentVertxRequest current) {
        this.current = current;
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException notFound) {
        var request = current.getCurrent().request();
        return Refusals.response(
                request,
                SqsError.INVALID_ADDRESS.because(
                        "Nothing is served at " + request.path()
                                + ". SQS is at / and at /{account}/{queue}, the operator's API below /_holdfast, health and metrics below /q."));
    }
}

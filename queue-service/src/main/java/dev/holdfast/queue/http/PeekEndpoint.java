package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.inspect.Peek;
import dev.holdfast.queue.wire.QueryProtocol;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;

/**
 * Answers like ReceiveMessage without receiving, at the path by which test tools know it from LocalStack: all messages of a
 * queue, for its owner. It takes every spelling that ReceiveMessage has, a form without an action, and an account and name
 * behind the path; {@code ShowInvisible=true} and {@code ShowDelayed=true} in the query string ask for more.
 */
public final class PeekEndpoint implements Handler<RoutingContext> {
    public static final String PATH = "/_aws/sqs/messages";
    private static final QueryProtocol FORMS = QueryProtocol.ofLocalStack("ReceiveMessage");

    private final Peek peek;
    private final Callers callers;
    private final Admission admission;

    public PeekEndpoint(Peek peek, Callers callers, Admission admission) {
        this.peek = peek;
        this.callers = callers;
        this.admission = admission;
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest http = context.request();
        Service service = (request, call) -> peek(context, request, call);
        SqsEndpoint endpoint =
                new SqsEndpoint(service, nothing -> {}, callers, request -> null, admission, FORMS, false);
        new Exchange(endpoint, http, context.vertx()).begin();
    }

    private CompletionStage<Result> peek(RoutingContext context, Request request, Call call) {
        if (!(request instanceof Request.ReceiveMessage receive)) {
            throw SqsError.UNKNOWN_OPERATION.because("This path only accepts ReceiveMessage.");
        }
        boolean invisible = isTrue(context, "ShowInvisible");
        boolean delayed = isTrue(context, "ShowDelayed");
        return context.vertx()
                .<Result>executeBlocking(() -> peek.look(receive.queueUrl(), call.account(), invisible, delayed))
                .toCompletionStage();
    }

    private static boolean isTrue(RoutingContext context, String parameter) {
        return "true".equalsIgnoreCase(context.request().getParam(parameter));
    }
}

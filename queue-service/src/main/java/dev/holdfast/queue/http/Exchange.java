package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.faults.Fault;
import dev.holdfast.queue.http.admission.Share;
import dev.holdfast.queue.http.netty.Connections;
import dev.holdfast.queue.wire.HttpMessage;
import dev.holdfast.queue.wire.Protocol;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: the body arrives, is read as a request, performed and answered. All of it on the I/O thread of its
 * connection, but that the engine completes on a thread of its own: then the answer hops back before it is encoded.
 */
final class Exchange {
    private static final CharSequence TRACE_HEADER = HttpHeaders.createOptimized("X-Amzn-Trace-Id");

    private final SqsEndpoint endpoint;
    private final HttpServerRequest http;
    private final Vertx vertx;
    private final Context context;
    private final Protocol protocol;
    private final Share share;
    private final RequestBody body;
    private final Answer answer;

    Exchange(SqsEndpoint endpoint, HttpServerRequest http, Vertx vertx) {
        this.endpoint = endpoint;
        this.http = http;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.protocol = Protocol.of(http.headers(), endpoint.forms);
        this.share = new Share(endpoint.admission.messages());
        this.body = new RequestBody(endpoint.admission, share);
        this.answer = new Answer(http.response(), protocol, share, endpoint.undelivered);
    }

    void begin() {
        Connections.Progress progress = Connections.progressOf(http.connection());
        http.handler(body::add);
        http.endHandler(end -> {
            progress.bodyArrived();
            arrived();
        });
        http.exceptionHandler(broken -> share.giveBack());
        progress.headArrived();
        http.resume();
    }

    private void arrived() {
        Request request;
        Call call;
        try {
            HttpMessage message = message();
            call = call(message);
            request = protocol.read(message, call.baseUrl());
            requireSignature(request, call);
            if (endpoint.changes && !endpoint.callers.isSigned(http, call.account())) {
                UnaskedChanges.refuse(request, http.headers());
            }
        } catch (RuntimeException failure) {
            answer.withFailure(failure);
            return;
        }
        if (request instanceof Request.ReceiveMessage) {
            share.giveBack(); // It may wait for long, and keeps nothing of its body.
        }
        Fault fault = endpoint.faults.apply(request);
        if (fault == null) {
            perform(request, call, null);
        } else {
            performWith(fault, request, call);
        }
    }

    private HttpMessage message() {
        HttpMethod method = http.method();
        if (!method.equals(HttpMethod.POST) && !method.equals(HttpMethod.GET)) {
            throw SqsError.MALFORMED_HTTP_REQUEST.because(
                    "The method " + method.name() + " is not served; use POST or GET.");
        }
        return new HttpMessage(method.name(), http.path(), http.query(), http.headers(), body.take());
    }

    private Call call(HttpMessage message) {
        return new Call(
                endpoint.callers.accountOf(message),
                endpoint.callers.baseUrl(http),
                endpoint.callers.transport(http),
                http.getHeader(TRACE_HEADER),
                new ClientConnection(http.response(), endpoint.admission, share),
                this::onIoThread);
    }

    private static void requireSignature(Request request, Call call) {
        if (call.isAnonymous() && !(request instanceof Request.OfQueue)) {
            throw SqsError.MISSING_AUTHENTICATION_TOKEN.because(
                    "The request must be signed: credentials are configured on this server.");
        }
    }

    private void performWith(Fault fault, Request request, Call call) {
        switch (fault.kind()) {
            case THROTTLE ->
                answer.withFailure(SqsError.REQUEST_THROTTLED.because("An injected fault; nothing was done."));
            case FAIL -> answer.withFailure(SqsError.INTERNAL_FAILURE.because("An injected fault; nothing was done."));
            case DELAY -> vertx.setTimer(Math.max(1, fault.delayMillis()), over -> perform(request, call, null));
            case LOSE_ANSWER, DUPLICATE_DELIVERY -> perform(request, call, fault.kind());
        }
    }

    private void perform(Request request, Call call, Fault.@Nullable Kind fault) {
        CompletableFuture<? extends Result> performed;
        try {
            performed = endpoint.service.perform(request, call).toCompletableFuture();
        } catch (RuntimeException failure) {
            answer.withFailure(failure);
            return;
        }
        boolean atOnce = performed.isDone();
        var unused = performed.whenComplete((result, failure) -> {
            if (atOnce || context.equals(Vertx.currentContext())) {
                finish(request, result, failure, fault);
            } else {
                onIoThread(() -> finish(request, result, failure, fault));
            }
        });
    }

    private void onIoThread(Runnable command) {
        context.runOnContext(hop -> command.run());
    }

    private void finish(
            Request request, @Nullable Result result, @Nullable Throwable failure, Fault.@Nullable Kind fault) {
        if (failure != null) {
            answer.withFailure(failure);
        } else if (result == null) {
            answer.withFailure(new IllegalStateException("No result of " + request.action()));
        } else if (fault == Fault.Kind.LOSE_ANSWER) {
            // What was received stays in flight: the server believes that it was delivered.
            share.giveBack();
            http.connection().close();
        } else {
            answer.with(request, result);
            if (fault == Fault.Kind.DUPLICATE_DELIVERY) {
                answer.release(result);
            }
        }
    }
}

package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.api.SqsException;
import dev.holdfast.queue.faults.Fault;
import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.http.netty.Connections;
import dev.holdfast.queue.wire.AnswerBuffer;
import dev.holdfast.queue.wire.HttpDate;
import dev.holdfast.queue.wire.HttpMessage;
import dev.holdfast.queue.wire.JsonProtocol;
import dev.holdfast.queue.wire.Protocol;
import dev.holdfast.queue.wire.RequestId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, on the I/O thread of its connection. The engine completes on a thread of its own; the
 * answer hops back before it is encoded. Only the {@link Call.Connection} half may be used by other threads.
 */
final class Exchange implements Call.Connection {
    private static final Logger LOG = Logger.getLogger(SqsEndpoint.class);
    private static final Protocol JSON = new JsonProtocol();
    private static final String JSON_CONTENT_TYPE = "application/x-amz-json";
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-amzn-RequestId");
    private static final CharSequence QUERY_ERROR = HttpHeaders.createOptimized("x-amzn-query-error");
    private static final Buffer NO_BODY = Buffer.buffer(0);

    private final SqsEndpoint endpoint;
    private final HttpServerRequest http;
    private final HttpServerResponse response;
    private final Vertx vertx;
    private final Context context;
    private final Connections.Progress progress;
    private final String requestId = RequestId.next();
    private Protocol protocol = JSON;
    private Buffer body = NO_BODY;
    /** Whether {@link #body} is a buffer of our own; a body that comes in one chunk is not copied. */
    private boolean owned;

    /** What is to go wrong, on purpose. */
    private @Nullable Fault fault;

    private long bodyBytes;

    /** Of the {@link Admission}. The writer thread adds to it, maybe just when the connection breaks. */
    private final AtomicLong bytesInHand = new AtomicLong();

    /** Whether the body was dropped, being too long or one too many. */
    private boolean dropped;

    Exchange(SqsEndpoint endpoint, HttpServerRequest http, Vertx vertx) {
        this.endpoint = endpoint;
        this.http = http;
        this.response = http.response();
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.progress = Connections.progressOf(http.connection());
    }

    void begin() {
        http.handler(this::collect);
        http.endHandler(end -> arrived());
        http.exceptionHandler(broken -> giveBack());
        progress.headArrived();
        http.resume();
    }

    private void collect(Buffer chunk) {
        bodyBytes += chunk.length();
        if (bodyBytes > endpoint.maxBodyBytes) {
            drop(Admission.Refusal.BODY_TOO_LONG);
        } else if (dropped || !endpoint.admission.messages().tryTake(chunk.length())) {
            drop(Admission.Refusal.TOO_MUCH_IN_HAND);
        } else {
            bytesInHand.addAndGet(chunk.length());
            append(chunk);
        }
    }

    /** What has come and what is to come; it is read all the same, so that the client gets to see the answer. */
    private void drop(Admission.Refusal why) {
        if (!dropped) {
            dropped = true;
            endpoint.admission.refused(why);
        }
        body = NO_BODY;
        giveBack();
    }

    private void giveBack() {
        endpoint.admission.messages().giveBack(bytesInHand.getAndSet(0));
    }

    private void append(Buffer chunk) {
        if (body.length() == 0) {
            body = chunk;
        } else {
            body = (owned ? body : copy(body)).appendBuffer(chunk);
        }
    }

    /**
     * Chunks cannot always grow: under TLS they are slices of what was decrypted. What is declared does not count, since it
     * costs a client nothing to declare a lot.
     */
    private Buffer copy(Buffer chunk) {
        owned = true;
        return Buffer.buffer(2 * chunk.length()).appendBuffer(chunk);
    }

    private void arrived() {
        progress.bodyArrived();
        protocol = choose();
        Request request;
        Call call;
        try {
            refuseOtherMethods();
            if (bodyBytes > endpoint.maxBodyBytes) {
                throw SqsError.REQUEST_TOO_LARGE.because("The body is longer than " + endpoint.maxBodyBytes
                        + " bytes (holdfast.limits.max-body-bytes).");
            }
            if (dropped) {
                throw noRoom();
            }
            byte[] whole = body.getBytes();
            body = NO_BODY;
            HttpMessage message =
                    new HttpMessage(http.method().name(), http.path(), http.query(), http.headers(), whole);
            call = new Call(endpoint.authentication.apply(message), baseUrl(), this, this::onIoThread);
            request = protocol.read(message, call.baseUrl());
            if (request instanceof Request.ReceiveMessage) {
                giveBack(); // It may wait for long, and keeps nothing of its body.
            }
            if (call.isAnonymous() && !(request instanceof Request.OfQueue)) {
                throw SqsError.MISSING_AUTHENTICATION_TOKEN.because(
                        "The request must be signed: credentials are configured on this server.");
            }
        } catch (SqsException refusal) {
            refuse(refusal);
            return;
        } catch (RuntimeException bug) {
            refuse(internalFailure(bug));
            return;
        }
        fault = endpoint.faults.apply(request);
        if (fault == null) {
            perform(request, call);
        } else {
            performWith(fault, request, call);
        }
    }

    private static SqsException noRoom() {
        return SqsError.REQUEST_THROTTLED.because(
                "The server has as many bytes of requests and messages in hand as it may"
                        + " (holdfast.limits.max-bytes-in-hand). Try again with exponential back-off.");
    }

    private void performWith(Fault injected, Request request, Call call) {
        switch (injected.kind()) {
            case THROTTLE -> refuse(SqsError.REQUEST_THROTTLED.because("An injected fault; nothing was done."));
            case FAIL -> refuse(SqsError.INTERNAL_FAILURE.because("An injected fault; nothing was done."));
            case DELAY -> vertx.setTimer(Math.max(1, injected.delayMillis()), over -> perform(request, call));
            case LOSE_ANSWER, DUPLICATE_DELIVERY -> perform(request, call);
        }
    }

    private boolean isInjected(Fault.Kind kind) {
        return fault != null && fault.kind() == kind;
    }

    private Protocol choose() {
        if (http.headers().contains(JsonProtocol.TARGET)) {
            return JSON;
        }
        String contentType = http.getHeader(HttpHeaders.CONTENT_TYPE);
        return contentType != null && contentType.startsWith(JSON_CONTENT_TYPE) ? JSON : endpoint.forms;
    }

    private void refuseOtherMethods() {
        if (!http.method().equals(HttpMethod.POST) && !http.method().equals(HttpMethod.GET)) {
            throw SqsError.MALFORMED_HTTP_REQUEST.because(
                    "The method " + http.method().name() + " is not served; use POST or GET.");
        }
    }

    private String baseUrl() {
        if (endpoint.publicUrl.isPresent()) {
            return endpoint.publicUrl.get();
        }
        String host = http.getHeader(HttpHeaders.HOST);
        if (host == null) {
            host = http.authority() == null ? "localhost" : http.authority().toString();
        }
        return (http.isSSL() ? "https://" : "http://") + host;
    }

    private void perform(Request request, Call call) {
        CompletableFuture<? extends Result> answer;
        try {
            answer = endpoint.service.perform(request, call).toCompletableFuture();
        } catch (RuntimeException failure) {
            refuse(refusalOf(failure));
            return;
        }
        boolean atOnce = answer.isDone();
        var unused = answer.whenComplete((result, failure) -> {
            if (atOnce || context.equals(Vertx.currentContext())) {
                finish(request, result, failure);
            } else {
                onIoThread(() -> finish(request, result, failure));
            }
        });
    }

    private void onIoThread(Runnable command) {
        context.runOnContext(hop -> command.run());
    }

    private void finish(Request request, @Nullable Result result, @Nullable Throwable failure) {
        if (result == null) {
            refuse(refusalOf(
                    failure == null ? new IllegalStateException("No result of " + request.action()) : failure));
            return;
        }
        if (isInjected(Fault.Kind.LOSE_ANSWER)) {
            // What was received stays in flight: the server believes that it was delivered.
            giveBack();
            http.connection().close();
            return;
        }
        AnswerBuffer answer = AnswerBuffer.empty();
        try {
            protocol.write(request, result, requestId, answer);
        } catch (IOException | RuntimeException bug) {
            release(result);
            refuse(internalFailure(bug));
            return;
        }
        send(200, answer.copy(), result);
        if (isInjected(Fault.Kind.DUPLICATE_DELIVERY)) {
            release(result);
        }
    }

    private void refuse(SqsException refusal) {
        SqsError error = refusal.error();
        AnswerBuffer answer = AnswerBuffer.empty();
        try {
            protocol.write(refusal, requestId, answer);
        } catch (IOException bug) {
            throw new IllegalStateException("Cannot write " + error, bug);
        }
        if (!response.closed()) {
            response.putHeader(QUERY_ERROR, error.queryCode() + (error.senderFault() ? ";Sender" : ";Receiver"));
        }
        send(error.httpStatus(), answer.copy(), null);
    }

    private void send(int status, Buffer answer, @Nullable Result result) {
        if (response.closed()) {
            giveBack();
            release(result);
            return;
        }
        response.setStatusCode(status);
        response.putHeader(REQUEST_ID, requestId);
        response.putHeader(HttpHeaders.CONTENT_TYPE, protocol.contentType());
        response.putHeader(HttpHeaders.DATE, HttpDate.now());
        var written = response.end(answer);
        if (result instanceof Result.OfReceiveMessage) {
            written.onComplete(done -> {
                giveBack();
                if (done.failed()) {
                    release(result);
                }
            });
        } else {
            giveBack();
        }
    }

    private void release(@Nullable Result result) {
        if (result instanceof Result.OfReceiveMessage received) {
            endpoint.undelivered.release(received);
        }
    }

    private SqsException refusalOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof SqsException refusal ? refusal : internalFailure(cause);
    }

    private SqsException internalFailure(Throwable bug) {
        LOG.errorf(bug, "requestId=%s failed by a defect of the server", requestId);
        return SqsError.INTERNAL_FAILURE.because(
                "The server failed on this request; its log tells more under request id " + requestId + ".");
    }

    @Override
    public boolean hasRoom() {
        return endpoint.admission.messages().hasRoom();
    }

    @Override
    public boolean mayWait() {
        if (endpoint.admission.heads().hasRoomToSpare()) {
            return true;
        }
        endpoint.admission.refused(Admission.Refusal.TOO_MANY_HEADS);
        return false;
    }

    @Override
    public void holds(long bytes) {
        endpoint.admission.messages().take(bytes);
        bytesInHand.addAndGet(bytes);
    }

    @Override
    public boolean isGone() {
        return response.closed();
    }

    @Override
    public void onGone(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (done.compareAndSet(false, true)) {
                action.run();
            }
        };
        try {
            response.closeHandler(closed -> once.run());
        } catch (IllegalStateException answered) {
            return; // Nobody waits any more.
        }
        if (response.closed()) {
            once.run();
        }
    }
}

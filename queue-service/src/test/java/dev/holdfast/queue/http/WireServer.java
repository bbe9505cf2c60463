package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.http.admission.HttpLimits;
import dev.holdfast.queue.http.netty.Connections;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The endpoint alone on a free port, in front of an engine whose answers a test sets. It shows what reached the engine and
 * which deliveries came back.
 */
public final class WireServer implements AutoCloseable {
    static final String OWNER = "000000000000";

    public final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    final BlockingQueue<Result.OfReceiveMessage> returned = new LinkedBlockingQueue<>();
    public volatile CompletableFuture<Result> answer = CompletableFuture.completedFuture(Result.Nothing.INSTANCE);

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public WireServer() {
        this(Duration.ofSeconds(30), Optional.empty());
    }

    public WireServer(Duration bodyTimeout, Optional<String> publicUrl) {
        HttpLimits limits = new HttpLimits() {
            @Override
            public MemorySize maxBodyBytes() {
                return new MemorySize(BigInteger.valueOf(8 * 1024 * 1024));
            }

            @Override
            public Duration bodyTimeout() {
                return bodyTimeout;
            }

            @Override
            public Optional<MemorySize> maxBytesInHand() {
                return Optional.empty();
            }

            @Override
            public Optional<MemorySize> maxHeadBytesInHand() {
                return Optional.empty();
            }

            @Override
            public int maxConnections() {
                return 1_000;
            }

            @Override
            public int maxConnectionsPerAddress() {
                return 1_000;
            }

            @Override
            public MemorySize maxHeaderBytes() {
                return new MemorySize(BigInteger.valueOf(8_192));
            }

            @Override
            public int maxUrlBytes() {
                return 4_096;
            }

            @Override
            public Duration idleTimeout() {
                return Duration.ofSeconds(75);
            }
        };
        Admission admission = new Admission(limits);
        new Connections(vertx, admission).watch();
        Service service = (request, call) -> {
            calls.add(call);
            requests.add(request);
            return answer;
        };
        Router router = Router.router(vertx);
        router.route()
                .handler(new SqsEndpoint(
                        service,
                        received -> returned.add(received),
                        new Callers(message -> OWNER, false, new TrustedProxies(List.of()), publicUrl),
                        request -> null,
                        admission));
        router.get("/q/health").handler(context -> context.response().end("UP"));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public int port() {
        return server.actualPort();
    }

    public HttpResponse<String> json(String action, String body) throws IOException, InterruptedException {
        return json(action, HttpRequest.BodyPublishers.ofString(body));
    }

    public HttpResponse<String> json(String action, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return send(
                "POST",
                "/",
                body,
                List.of("X-Amz-Target", "AmazonSQS." + action, "Content-Type", "application/x-amz-json-1.0"));
    }

    public HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, List<String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

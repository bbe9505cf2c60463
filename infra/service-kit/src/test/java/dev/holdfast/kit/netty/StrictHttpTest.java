package dev.holdfast.kit.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.harness.Deadline;
import dev.holdfast.harness.Smuggling;
import io.netty.channel.Channel;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a server that speaks both versions of HTTP, as Vert.x makes them. */
class StrictHttpTest {
    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger watched = new AtomicInteger();
    private final ConnectionWatch strict = new StrictConnections(4_096, new MemorySize(BigInteger.valueOf(20 * 1024L)));

    @SuppressWarnings("NullAway.Init") // Set before each.
    private HttpServer server;

    @BeforeEach
    void start() {
        server = vertx.createHttpServer()
                // What is no path is the router's to refuse; that the connection ends with it is not.
                .requestHandler(request -> request.response()
                        .setStatusCode(RequestFields.isForTheRouter(request.uri()) ? 400 : 200)
                        .end("served"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        ConnectionWatch counting = new ConnectionWatch() {
            @Override
            public void speaksHttp1(Channel connection) {
                watched.incrementAndGet();
                strict.speaksHttp1(connection);
            }
        };
        new ConnectionHook(vertx, counting).listening(new HttpServerStart(null));
        Deadline.await("its connections are watched").until(() -> {
            ask(HttpVersion.HTTP_1_1);
            return watched.get() > 0;
        });
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatTwoReadersCouldUnderstandDifferentlyIsRefused() {
        Smuggling.isRefusedBy(server.actualPort());
    }

    @Test
    void goodRequestsOfBothVersionsAreServed() {
        int before = watched.get();

        assertThat(ask(HttpVersion.HTTP_1_1)).isEqualTo("served");
        assertThat(watched).hasValue(before + 1);
        assertThat(ask(HttpVersion.HTTP_2)).isEqualTo("served");
        assertThat(watched).hasValue(before + 1);
    }

    @Test
    void connectionThatIsNotAcceptedIsClosed() throws Exception {
        ConnectionWatch none = new ConnectionWatch() {
            @Override
            public boolean accepts(Channel connection) {
                return false;
            }

            @Override
            public void speaksHttp1(Channel connection) {
                throw new IllegalStateException("it was not accepted");
            }
        };
        HttpServer closed = vertx.createHttpServer()
                .requestHandler(request -> request.response().end("served"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        new ConnectionHook(vertx, none).listening(new HttpServerStart(null));

        Deadline.await("connections are closed").until(() -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), closed.actualPort())) {
                socket.setSoTimeout(1_000);
                return socket.getInputStream().read() < 0;
            } catch (SocketException reset) {
                return true;
            } catch (SocketTimeoutException accepted) {
                return false;
            }
        });
    }

    private String ask(HttpVersion version) {
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setKeepAlive(false));
        try {
            return client.request(new RequestOptions()
                            .setMethod(HttpMethod.POST)
                            .setHost("127.0.0.1")
                            .setPort(server.actualPort())
                            .setURI("/"))
                    .compose(request -> request.send("a body"))
                    .compose(response -> response.body())
                    .map(body -> body.toString())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } finally {
            var unused = client.close();
        }
    }
}

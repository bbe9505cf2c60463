package dev.holdfast.queue.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.config.Credentials;
import dev.holdfast.queue.http.signature.SignedRequests;
import dev.holdfast.queue.wire.HttpMessage;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyTest {
    private static final String OWNER = "000000000000";
    private static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");

    private final Vertx vertx = Vertx.vertx();

    private record Given(String accessKeyId, String secretAccessKey, String account)
            implements Credentials.Credential {}

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void withoutCredentialsEverythingIsOpen() {
        HttpServer server = server(Map.of());

        assertThat(status(server, "/_holdfast/ledger", MultiMap.caseInsensitiveMultiMap()))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_holdfast/ledger",
                "/%5Fholdfast/ledger",
                "/q/../_holdfast/ledger",
                "/q/health/../../_holdfast/ledger",
                "//_holdfast/ledger",
                "/_aws/sqs/messages",
                "/q/metrics",
                "/anything"
            })
    void unsignedCallersAreRefused(String path) {
        HttpServer server = server(Map.of("a", owner()));

        assertThat(status(server, path, MultiMap.caseInsensitiveMultiMap())).isEqualTo(403);
    }

    @Test
    void theOwnersSignatureOpensAndAnotherAccountsDoesNot() {
        HttpServer server = server(Map.of("a", owner()));
        HttpServer others =
                server(Map.of("a", new Given(SignedRequests.KEY_ID, SignedRequests.SECRET, "111111111111")));

        assertThat(status(server, "/_holdfast/ledger", signed())).isEqualTo(200);
        assertThat(status(server, "/_holdfast/durability", signed())).isEqualTo(403);
        assertThat(status(others, "/_holdfast/ledger", signed())).isEqualTo(403);
    }

    @Test
    void healthIsOpenAndMetricsAreHadForTheToken() {
        HttpServer server = server(Map.of("a", owner()));

        assertThat(status(server, "/q/health/ready", MultiMap.caseInsensitiveMultiMap()))
                .isEqualTo(200);
        assertThat(status(server, "/q/metrics", SignedRequests.headers("Authorization", "Bearer token")))
                .isEqualTo(200);
        assertThat(status(server, "/q/metrics", SignedRequests.headers("Authorization", "Bearer other")))
                .isEqualTo(400);
        assertThat(status(server, "/_holdfast/ledger", SignedRequests.headers("Authorization", "Bearer token")))
                .isEqualTo(400);
    }

    private static Credentials.Credential owner() {
        return new Given(SignedRequests.KEY_ID, SignedRequests.SECRET, OWNER);
    }

    private static MultiMap signed() {
        MultiMap headers = SignedRequests.headers("Host", "localhost", "X-Amz-Date", SignedRequests.DATE_TIME);
        HttpMessage message = new HttpMessage("GET", "/_holdfast/ledger", null, headers, new byte[0]);
        return SignedRequests.signed(message, "sqs", "host;x-amz-date").headers();
    }

    private HttpServer server(Map<String, Credentials.Credential> credentials) {
        var authentication = new Authentication(
                OWNER, "us-east-1", () -> credentials, Optional.empty(), "127.0.0.1", () -> SIGNED_AT);
        Router router = Router.router(vertx);
        router.route().handler(new OwnerOnly(authentication, OWNER, Optional.of("token")));
        router.route().handler(context -> context.end("served"));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private int status(HttpServer server, String path, MultiMap headers) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(server.actualPort())
                .setURI(path)
                .setHeaders(headers);
        return vertx.createHttpClient()
                .request(options)
                .compose(request -> request.send())
                .map(response -> response.statusCode())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}

package dev.holdfast.queue.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSiteHandlerTest {
    private static final String PAGE = "https://page.example";

    private final Vertx vertx = Vertx.vertx();

    private record Answer(int status, String body, MultiMap headers) {}

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9324, 200",
        "127.0.0.1, 200",
        "[::1]:9324, 200",
        "127.1.2.3:1, 200",
        "queue.localhost:9324, 200",
        "public.example:443, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "192.168.0.1:9324, 403"
    })
    void onLoopbackOnlyItsOwnHostsAreServed(String host, int status) {
        HttpServer server = server(List.of(), "127.0.0.1");

        assertThat(ask(server, HttpMethod.GET, "Host", host).status()).isEqualTo(status);
    }

    @Test
    void onAnotherAddressAnyHostIsServed() {
        assertThat(ask(server(List.of(), "0.0.0.0"), HttpMethod.GET, "Host", "queue.internal:9324")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site, 403", "Sec-Fetch-Site, same-site, 403", "Sec-Fetch-Site, same-origin, 200",
        "Sec-Fetch-Site, none, 200", "Origin, https://page.example, 403", "Origin, null, 403",
        "Origin, http://localhost:9324, 200", "Origin, https://localhost:9324, 403", "Origin, http://localhost, 403"
    })
    void pagesOfOtherSitesAreRefused(String header, String value, int status) {
        HttpServer server = server(List.of(), "127.0.0.1");

        Answer answer = ask(server, HttpMethod.POST, "Host", "localhost:9324", header, value);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).contains(status == 200 ? "served" : "AccessDenied");
    }

    @Test
    void anInvitedOriginIsServedAndItsPreflightAnswered() {
        HttpServer server = server(List.of(PAGE), "127.0.0.1");

        Answer post =
                ask(server, HttpMethod.POST, "Host", "localhost:9324", "Origin", PAGE, "Sec-Fetch-Site", "cross-site");
        assertThat(post.body()).isEqualTo("served");
        assertThat(post.headers().get("Access-Control-Allow-Origin")).isEqualTo(PAGE);

        Answer preflight = ask(
                server,
                HttpMethod.OPTIONS,
                "Host",
                "localhost:9324",
                "Origin",
                PAGE,
                "Access-Control-Request-Method",
                "POST");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.headers().get("Access-Control-Allow-Headers")).contains("X-Amz-Target");

        assertThat(ask(server, HttpMethod.POST, "Host", "localhost:9324", "Origin", "https://other.example")
                        .status())
                .isEqualTo(403);
        assertThat(ask(server, HttpMethod.POST, "Host", "evil.example", "Origin", PAGE)
                        .status())
                .isEqualTo(403);
    }

    private HttpServer server(List<String> origins, String bindAddress) {
        Router router = Router.router(vertx);
        router.route().handler(new CrossSiteHandler(origins, bindAddress, Optional.of("https://public.example/")));
        router.route().handler(context -> context.end("served"));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private Answer ask(HttpServer server, HttpMethod method, String... headers) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(server.actualPort())
                .setURI("/");
        for (int i = 0; i < headers.length; i += 2) {
            options.putHeader(headers[i], headers[i + 1]);
        }
        return vertx.createHttpClient()
                .request(options)
                .compose(request -> request.send())
                .compose(response -> response.body()
                        .map(body -> new Answer(response.statusCode(), body.toString(), response.headers())))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}

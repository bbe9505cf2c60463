package dev.holdfast.kit.http;

import static dev.holdfast.kit.http.CrossSiteGuard.Refusal.FOREIGN_HOST;
import static dev.holdfast.kit.http.CrossSiteGuard.Refusal.FOREIGN_PAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.kit.http.OwnHosts.Reach;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CrossSiteGuardTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final CrossSiteGuard guard = guard(Reach.LOOPBACK);

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private static CrossSiteGuard guard(Reach reach) {
        return new CrossSiteGuard(
                new OwnHosts(List.of("Board.example"), reach), Set.of("https://invited.example"), true);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:9324, true, true, true",
        "LocalHost, true, true, true",
        "queue.localhost:9324, true, true, true",
        "127.0.0.1, true, true, true",
        "127.1.2.3:1, true, true, true",
        "[::1]:9324, true, true, true",
        "board.example:443, true, true, true",
        "192.168.0.1:9324, false, true, true",
        "[fe80::1]:9324, false, true, true",
        "queue.internal:9324, false, false, true",
        "localhost.evil.example, false, false, true",
        "127.0.0.1.evil.example, false, false, true",
        "user@localhost, false, false, false",
        "localhost:abc, false, false, false",
    })
    void hostsAreOursAsFarAsTheServerReaches(String authority, boolean loopback, boolean addresses, boolean anyName) {
        assertThat(guard(Reach.LOOPBACK).refusal(seen("http", authority)).isEmpty())
                .isEqualTo(loopback);
        assertThat(guard(Reach.ADDRESSES).refusal(seen("http", authority)).isEmpty())
                .isEqualTo(addresses);
        assertThat(guard(Reach.ANY_NAME).refusal(seen("http", authority)).isEmpty())
                .isEqualTo(anyName);
    }

    @ParameterizedTest
    @CsvSource({
        "http, localhost:9324, http://localhost:9324, true",
        "http, localhost:9324, HTTP://LOCALHOST:9324, true",
        "http, localhost:9324, https://localhost:9324, false",
        "http, localhost:9324, http://localhost, false",
        "http, localhost:9324, http://127.0.0.1:9324, false",
        "http, localhost:9324, http://localhost:93240, false",
        "http, localhost, http://localhost:80, true",
        "https, localhost, https://localhost:443, true",
        "https, localhost, http://localhost:443, false",
        "http, localhost:9324, null, false",
        "http, localhost:9324, https://invited.example, true",
        // Something before the server speaks TLS for it, under a name that is configured.
        "http, board.example, https://board.example, true",
        "http, board.example:8443, https://board.example:8443, true",
        "http, board.example:8443, https://board.example, false",
        "https, board.example, http://board.example, false",
    })
    void anOriginIsOursBySchemeHostAndPort(String scheme, String authority, String origin, boolean ours) {
        assertThat(guard.refusal(seen(scheme, authority, "Origin", origin)).isEmpty())
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"cross-site, false", "same-site, false", "sideways, false", "same-origin, true", "none, true"})
    void requestsThatTheBrowserMarksAsAnotherSitesAreRefused(String site, boolean passes) {
        assertThat(guard.refusal(seen("http", "localhost", "Sec-Fetch-Site", site))
                        .isEmpty())
                .isEqualTo(passes);
    }

    @Test
    void aLinkInAnotherPageLeadsHereOnlyWhereItMay() {
        var followed = seen(
                "http",
                "localhost",
                "Sec-Fetch-Site",
                "cross-site",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document");

        assertThat(guard.refusal(followed)).isEmpty();
        assertThat(new CrossSiteGuard(new OwnHosts(List.of(), Reach.LOOPBACK), Set.of(), false).refusal(followed))
                .contains(FOREIGN_PAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:9324/page, true, true",
        "http://localhost:9324, true, true",
        "http://evil.example/page, true, false",
        "http://localhost:93240/page, true, false",
        "about:blank, true, false",
    })
    void theRefererCountsWhereTheBrowserSaysNothingElse(String referer, boolean linked, boolean passes) {
        var strict = new CrossSiteGuard(new OwnHosts(List.of(), Reach.LOOPBACK), Set.of(), false);

        assertThat(strict.refusal(seen("http", "localhost:9324", "Referer", referer))
                        .isEmpty())
                .isEqualTo(passes);
        assertThat(guard.refusal(seen("http", "localhost:9324", "Referer", referer))
                        .isEmpty())
                .isEqualTo(linked);
        assertThat(guard.refusal(new CrossSiteGuard.Seen(
                                "POST", "http", "localhost:9324", Map.of("Referer", referer)::get))
                        .isEmpty())
                .isEqualTo(passes);
    }

    @Test
    void theRefererOfAnotherPageDoesNotCountWhereTheBrowserSaysMore() {
        var strict = new CrossSiteGuard(new OwnHosts(List.of(), Reach.LOOPBACK), Set.of(), false);

        assertThat(strict.refusal(seen(
                        "http", "localhost", "Sec-Fetch-Site", "none", "Referer", "http://evil.example/", "X", "")))
                .isEmpty();
        assertThat(strict.refusal(seen(
                        "http", "localhost", "Sec-Fetch-Site", "cross-site", "Referer", "http://localhost/", "X", "")))
                .contains(FOREIGN_PAGE);
    }

    @Test
    void anInvitedPageMayNotComeUnderAForeignName() {
        assertThat(guard.refusal(seen("http", "evil.example", "Origin", "https://invited.example")))
                .contains(FOREIGN_HOST);
    }

    /** HTTP/2 has :authority in place of Host. */
    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void bothVersionsOfHttpAreSeenAlike(HttpVersion version) {
        HttpServer server = VERTX.createHttpServer()
                .requestHandler(request -> request.response()
                        .end(request.version() + " "
                                + guard.refusal(request).map(Enum::name).orElse("passes")))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        String ours = "http://localhost:" + server.actualPort();

        assertThat(ask(server, version, "localhost", ours)).isEqualTo(version + " passes");
        assertThat(ask(server, version, "localhost", "http://evil.example")).isEqualTo(version + " FOREIGN_PAGE");
        assertThat(ask(server, version, "evil.example", ours)).isEqualTo(version + " FOREIGN_HOST");
    }

    private static String ask(HttpServer server, HttpVersion version, String host, String origin) {
        var client = VERTX.createHttpClient(
                new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false));
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setServer(SocketAddress.inetSocketAddress(server.actualPort(), "127.0.0.1"))
                        .setHost(host)
                        .setPort(server.actualPort())
                        .setURI("/login")
                        .putHeader("Origin", origin))
                .compose(request -> {
                    // Asked for before it is sent: this thread may come after the whole answer.
                    var body = request.response().compose(response -> response.body());
                    return request.end().compose(sent -> body);
                })
                .map(body -> body.toString())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static CrossSiteGuard.Seen seen(String scheme, String authority, String... headers) {
        Map<String, String> byName = switch (headers.length) {
            case 0 -> Map.of();
            case 2 -> Map.of(headers[0], headers[1]);
            default -> Map.of(headers[0], headers[1], headers[2], headers[3], headers[4], headers[5]);
        };
        return new CrossSiteGuard.Seen("GET", scheme, authority, byName::get);
    }
}

package dev.holdfast.dashboard.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a dashboard with a user and a password lets in. */
@QuarkusTest
@TestProfile(LoginTest.WithLogin.class)
class LoginTest {
    private static final String PASSWORD = "a good one";
    private static final Duration LIFETIME = Duration.ofSeconds(8);

    @TestHTTPResource("/api/live")
    @SuppressWarnings("NullAway.Init") // set by Quarkus before each test
    URI stream;

    public static final class WithLogin implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "dashboard.user",
                    "teacher",
                    "dashboard.password",
                    PASSWORD,
                    "dashboard.session-lifetime",
                    LIFETIME.toString());
        }
    }

    @Test
    void aStrangerGetsTheFormForAPageAnd401ForTheRest() {
        given().redirects()
                .follow(false)
                .accept("text/html")
                .get("/queues")
                .then()
                .statusCode(303)
                .header("Location", containsString("/login?next=%2Fqueues"));
        for (String path : new String[] {"/api/live", "/api/sample", "/api/queues", "/api/queues/any/life"}) {
            given().get(path).then().statusCode(401).body("detail", containsString("Log in"));
        }
        given().post("/api/control/producer/stop").then().statusCode(401);
    }

    @Test
    void aWrongPasswordIsRefusedWithoutACookie() {
        Response answer = logIn("wrong");

        answer.then().statusCode(403).body(containsString("do not match"));
        assertThat(answer.cookies()).isEmpty();
    }

    @Test
    void scriptsAndOtherSitesDoNotGetTheCookie() {
        assertThat(logIn(PASSWORD).header("Set-Cookie"))
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Strict");
    }

    @Test
    void everyControlWantsTheTokenOfItsPage() {
        String session = cookie();
        String token = token(session);

        loggedIn(session).post("/api/control/producer/stop").then().statusCode(403);
        loggedIn(session)
                .header("X-CSRF-Token", "guessed")
                .delete("/api/queues/any")
                .then()
                .statusCode(403);
        loggedIn(session)
                .header("X-CSRF-Token", token)
                .post("/api/control/producer/stop")
                .then()
                .statusCode(502);
    }

    @Test
    void loggingOutEverywhereEndsEveryLogin() {
        String here = cookie();
        String there = cookie();

        loggedIn(here)
                .redirects()
                .follow(false)
                .formParam("csrf", token(here))
                .formParam("everywhere", "true")
                .post("/logout")
                .then()
                .statusCode(303);

        loggedIn(here).get("/api/session").then().statusCode(401);
        loggedIn(there).get("/api/session").then().statusCode(401);
    }

    @Test
    void aNewLoginEndsTheOneThatItsBrowserHad() {
        String before = cookie();

        loggedIn(before)
                .redirects()
                .follow(false)
                .formParam("user", "teacher")
                .formParam("password", PASSWORD)
                .post("/login")
                .then()
                .statusCode(303);

        loggedIn(before).get("/api/session").then().statusCode(401);
    }

    @Test
    void aLoginLeadsToNoOtherServer() {
        given().redirects()
                .follow(false)
                .formParam("user", "teacher")
                .formParam("password", PASSWORD)
                .formParam("next", "//evil.example")
                .post("/login")
                .then()
                .statusCode(303)
                .header("Location", containsString(stream.getAuthority() + "/"));
    }

    @Test
    void anExpiredLoginEndsItsStreamAndTheNextIsAnswered401() throws Exception {
        String cookie = cookie();

        CompletableFuture<Long> lines = CompletableFuture.supplyAsync(() -> readToTheEnd(cookie));

        assertThat(lines.get(60, TimeUnit.SECONDS))
                .as("samples before it ended")
                .isPositive();
        loggedIn(cookie).get("/api/live").then().statusCode(401);
    }

    private long readToTheEnd(String cookie) {
        HttpRequest request = HttpRequest.newBuilder(stream)
                .header("Cookie", LoginGuard.COOKIE + "=" + cookie)
                .build();
        long lines = 0;
        try (HttpClient client = HttpClient.newHttpClient();
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8))) {
            while (reader.readLine() != null) {
                lines++;
            }
        } catch (IOException cutOff) {
            return lines;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return lines;
    }

    /** As its pages carry it. */
    private static String token(String session) {
        Matcher token = Pattern.compile("name=\"csrf\" content=\"([^\"]+)\"")
                .matcher(loggedIn(session).get("/").asString());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static String cookie() {
        return logIn(PASSWORD).cookie(LoginGuard.COOKIE);
    }

    private static RequestSpecification loggedIn(String cookie) {
        return given().cookie(LoginGuard.COOKIE, cookie);
    }

    private static Response logIn(String password) {
        return given().redirects()
                .follow(false)
                .formParam("user", "teacher")
                .formParam("password", password)
                .post("/login");
    }
}

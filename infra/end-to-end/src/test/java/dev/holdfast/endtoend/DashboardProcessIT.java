package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.endtoend.pipeline.CountingRelay;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Web;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a process, without a browser: what it costs the queue, what it remembers, where it refuses to start. */
class DashboardProcessIT {
    private static final int BROWSERS = 20;

    /** What an open queue page asks for, every two or three seconds. */
    private static final List<String> PAGE_QUESTIONS =
            List.of("/api/queues", "/api/queues/price-events", "/api/queues/price-events/messages");

    /** Long enough for several rounds of two seconds, and ten samples. */
    private static final Duration WATCHED = Duration.ofSeconds(10);

    @TempDir
    Path home;

    @Test
    void twentyBrowsersCostTheQueueNoMoreThanOne() throws Exception {
        try (Pipeline pipeline = new Pipeline(home);
                CountingRelay queue = new CountingRelay(pipeline.port(Service.QUEUE))) {
            pipeline.with(Service.DASHBOARD, "holdfast.sqs.endpoint=" + queue.address());
            pipeline.start(Service.QUEUE, Service.PRODUCER, Service.DASHBOARD);
            URI dashboard = pipeline.web(Service.DASHBOARD).base();
            awaitSample(pipeline);

            long one = requestsWhileWatching(dashboard, 1, queue);
            long twenty = requestsWhileWatching(dashboard, BROWSERS, queue);

            assertThat(one).as("requests for one browser in %s", WATCHED).isBetween(10L, 80L);
            // A round more may fall into the time, as the twenty do not ask in step.
            assertThat(twenty).as("requests for %d browsers", BROWSERS).isLessThan(one + one / 2);
        }
    }

    @Test
    void theChartsPastIsThereAfterARestart() {
        try (Pipeline pipeline = new Pipeline(home)) {
            pipeline.start(Service.QUEUE, Service.PRODUCER, Service.DASHBOARD);
            Web dashboard = pipeline.web(Service.DASHBOARD);
            await("some seconds are kept").until(() -> points(dashboard).size() >= 5);
            long first = points(dashboard).get(0).asLong();

            pipeline.kill(Service.DASHBOARD);
            pipeline.start(Service.DASHBOARD);

            JsonNode points = points(dashboard);
            assertThat(points.get(0).asLong()).isEqualTo(first);
            assertThat(points.get(1).asLong() - first)
                    .as("seconds between two points")
                    .isBetween(1L, 3L);
        }
    }

    @Test
    void refusesAnAddressThatOthersReachWithoutALoginOverTls() {
        try (Pipeline pipeline = new Pipeline(home)) {
            pipeline.with(Service.DASHBOARD, "quarkus.http.host=0.0.0.0");
            assertThatThrownBy(() -> pipeline.start(Service.DASHBOARD)).isNotNull();
            assertThat(pipeline.printed(Service.DASHBOARD))
                    .contains("cannot start", "dashboard.user and dashboard.password");

            pipeline.with(Service.DASHBOARD, "dashboard.user=teacher", "dashboard.password=secret");
            assertThatThrownBy(() -> pipeline.start(Service.DASHBOARD)).isNotNull();
            assertThat(pipeline.printed(Service.DASHBOARD))
                    .contains("plain HTTP on 0.0.0.0", "dashboard.insecure-login=true");

            pipeline.with(Service.DASHBOARD, "dashboard.insecure-login=true");
            pipeline.start(Service.DASHBOARD);
            assertThat(pipeline.web(Service.DASHBOARD).answers("/login")).isTrue();
            assertThat(pipeline.web(Service.DASHBOARD).answers("/api/sample")).isFalse();
        }
    }

    private static void awaitSample(Pipeline pipeline) {
        // It answers 503 until the first sample is there.
        await("the queue is seen")
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .until(() -> pipeline.web(Service.DASHBOARD)
                        .getJson("/api/sample")
                        .path("queue")
                        .path("contact")
                        .path("reachable")
                        .asBoolean());
    }

    private static JsonNode points(Web dashboard) {
        return dashboard.getJson("/api/history?range=15m").path("at");
    }

    /** Each browser follows the stream, and asks what its page asks for once it hears of every other sample. */
    private static long requestsWhileWatching(URI dashboard, int browsers, CountingRelay queue) throws Exception {
        Instant end = Instant.now().plus(WATCHED);
        long before = queue.requests();
        try (HttpClient client = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < browsers; i++) {
                all.add(threads.submit(() -> watch(client, dashboard, end)));
            }
            for (Future<Integer> browser : all) {
                assertThat(browser.get()).as("samples that a browser saw").isGreaterThan(5);
            }
        }
        return queue.requests() - before;
    }

    private static int watch(HttpClient client, URI dashboard, Instant end) throws Exception {
        int samples = 0;
        try (InputStream stream = client.send(get(dashboard, "/api/live"), BodyHandlers.ofInputStream())
                .body()) {
            var lines = new java.io.BufferedReader(
                    new java.io.InputStreamReader(stream, java.nio.charset.StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && Instant.now().isBefore(end); line = lines.readLine()) {
                if (line.startsWith("data:") && samples++ % 2 == 0) {
                    for (String question : PAGE_QUESTIONS) {
                        int status = client.send(get(dashboard, question), BodyHandlers.discarding())
                                .statusCode();
                        assertThat(status).as(question).isEqualTo(200);
                    }
                }
            }
        }
        return samples;
    }

    private static HttpRequest get(URI dashboard, String path) {
        return HttpRequest.newBuilder(dashboard.resolve(path)).build();
    }
}

package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.harness.Chromium;
import dev.holdfast.harness.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The first page in a real browser, with the real services behind it. */
class DashboardPageIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @TempDir
    Path home;

    @Test
    @EnabledIf(
            value = "dev.holdfast.harness.Chromium#isInstalled",
            disabledReason = "no Chromium here; infra/test installs it where it may")
    void opensWithoutAnErrorAndItsNumbersMove() {
        try (Pipeline pipeline = new Pipeline(home);
                Chromium chromium = new Chromium()) {
            pipeline.with(Service.PRODUCER, "producer.rate=50");
            pipeline.start(Service.QUEUE, Service.PRODUCER, Service.CONSUMER, Service.DASHBOARD);
            List<String> complaints = new ArrayList<>();
            Page page = chromium.browser().newPage();
            page.onConsoleMessage(message -> complain(message, complaints));
            page.onPageError(complaints::add);
            page.onRequestFailed(request -> complaints.add(request.url() + " failed: " + request.failure()));
            page.onResponse(response -> {
                if (response.status() >= 400) {
                    complaints.add(response.url() + " answered " + response.status());
                }
            });

            page.navigate(pipeline.web(Service.DASHBOARD).base().toString());

            long first = numberOnceShown(page, "#applied");
            await("the number of applied events moves").atMost(DEADLINE).until(() -> number(page, "#applied") > first);
            assertThat(number(page, "#acknowledged")).isPositive();
            await("the verdict")
                    .atMost(DEADLINE)
                    .until(() -> page.innerText("[data-verdict]")
                            .toLowerCase(Locale.ROOT)
                            .contains("nothing lost"));
            assertThat(page.locator("#categories tbody tr").count())
                    .as("categories")
                    .isGreaterThan(1);

            reloadKeepsTheCharts(page);
            aScriptInABodyStaysText(page, pipeline);
            aPurgeEmptiesTheLiveView(page, pipeline);
            theKeyboardIsEnough(page, pipeline);
            aTableComesAsCsv(page, pipeline);
            page.navigate(pipeline.web(Service.DASHBOARD).base().toString());

            pipeline.stop(Service.CONSUMER);
            await("the page says that the consumer stopped")
                    .atMost(DEADLINE)
                    .until(() -> page.innerText("#workers").contains("Stopped"));
            await("and since when it does not answer")
                    .atMost(DEADLINE)
                    .until(() -> page.innerText("#outages").contains("Consumer unreachable since"));
            long applied = number(page, "#applied");
            await("the queue grows on the page").atMost(DEADLINE).until(() -> number(page, "#waiting") > 100);
            assertThat(number(page, "#applied")).as("nobody consumes").isLessThan(applied + 200);
            assertThat(complaints).isEmpty();
        }
    }

    private static void reloadKeepsTheCharts(Page page) {
        await("a point is drawn").atMost(DEADLINE).until(() -> firstPoint(page) > 0);
        long first = firstPoint(page);

        page.reload();

        await("the chart is back").atMost(DEADLINE).until(() -> firstPoint(page) > 0);
        assertThat(firstPoint(page)).as("the oldest point").isLessThanOrEqualTo(first);
    }

    private static long firstPoint(Page page) {
        Object at = page.evaluate("Number(document.getElementById('chart-depth').dataset.first || 0)");
        return ((Number) at).longValue();
    }

    private static void aScriptInABodyStaysText(Page page, Pipeline pipeline) {
        String body = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>";
        page.navigate(pipeline.web(Service.DASHBOARD)
                .base()
                .resolve("/queues/price-events-dlq")
                .toString());
        page.locator("[data-send] [name=body]").fill(body);
        page.locator("[data-send] button").click();
        page.locator("[data-said]:has-text('Sent as')").waitFor();
        page.locator("[data-look]").click();

        page.locator("#messages code:has-text('window.ran')").first().waitFor();

        page.locator("#messages a[data-message]").first().click();
        page.locator("dialog[open] pre").waitFor();
        assertThat(page.locator("dialog[open] pre").innerText()).isEqualTo(body);
        assertThat(page.evaluate("window.ran ?? 0")).isEqualTo(0);
        assertThat(page.locator("#messages img, dialog img").count()).isZero();
    }

    /** The event of a purge names no message. */
    private static void aPurgeEmptiesTheLiveView(Page page, Pipeline pipeline) {
        page.navigate(pipeline.web(Service.DASHBOARD)
                .base()
                .resolve("/queues/price-events-dlq/live")
                .toString());
        page.locator("[data-life-note]:has-text('Every message is shown')").waitFor();
        page.locator("[data-lane=waiting] .token").first().waitFor();

        pipeline.sqs()
                .purgeQueue(r -> r.queueUrl(pipeline.sqs()
                        .getQueueUrl(q -> q.queueName("price-events-dlq"))
                        .queueUrl()));

        await("no token is left")
                .atMost(DEADLINE)
                .until(() -> page.locator(".token").count() == 0);
    }

    private static void theKeyboardIsEnough(Page page, Pipeline pipeline) {
        page.navigate(pipeline.web(Service.DASHBOARD).base().toString());
        page.locator("html[data-feed='live']").waitFor();
        page.keyboard().press("Tab");
        assertThat(page.evaluate("document.activeElement.className")).isEqualTo("skip");
        int presses = 0;
        while (!"/api/control/consumer/pause".equals(page.evaluate("document.activeElement.dataset.post ?? ''"))) {
            assertThat(presses++).as("presses of Tab to the pause button").isLessThan(60);
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");

        page.locator("#said [data-said]:has-text('pause done')").waitFor();
        assertThat(page.innerText("#said [data-call]"))
                .startsWith("curl -X POST")
                .endsWith("/api/pause");
        page.locator("#workers:has-text('Paused')").waitFor();
        page.locator("[data-post='/api/control/consumer/resume']").click();
        page.locator("#workers:has-text('Running')").waitFor();
    }

    private static void aTableComesAsCsv(Page page, Pipeline pipeline) {
        page.navigate(
                pipeline.web(Service.DASHBOARD).base().resolve("/analytics").toString());
        page.locator("[data-table=categories] td:not(.empty)").first().waitFor();

        Path file = page.waitForDownload(() -> page.locator("[data-table=categories] button:has-text('CSV')")
                        .click())
                .path();

        assertThat(file)
                .content()
                .startsWith("Category,Currency,Products,Events")
                .contains("\r\n");
    }

    private static long numberOnceShown(Page page, String selector) {
        await(selector + " is shown").atMost(DEADLINE).until(() -> number(page, selector) > 0);
        return number(page, selector);
    }

    /** 0 while nothing is shown. */
    private static long number(Page page, String selector) {
        String digits = page.innerText(selector).replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static void complain(ConsoleMessage message, List<String> complaints) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text());
        }
    }
}

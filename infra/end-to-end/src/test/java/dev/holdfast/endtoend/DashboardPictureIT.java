package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.harness.Chromium;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.Service;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The living picture of the first page: on one screen, led by real messages, readable in every mode. */
@EnabledIf(
        value = "dev.holdfast.harness.Chromium#isInstalled",
        disabledReason = "no Chromium here; infra/test installs it where it may")
class DashboardPictureIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Path SCREENSHOTS = Path.of("../../dashboard/target/screenshots");

    private static final String LEVEL = "Number(document.querySelector('.liquid.waiting').getAttribute('height'))";

    @TempDir
    static Path home;

    private static Pipeline pipeline;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        pipeline = new Pipeline(home)
                .with(Service.PRODUCER, "producer.rate=20")
                .with(Service.CONSUMER, "consumer.faults=true")
                .with(Service.DASHBOARD, "dashboard.lab.command=" + Repository.infra("demo"));
        pipeline.start(Service.QUEUE, Service.PRODUCER, Service.CONSUMER, Service.DASHBOARD);
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        pipeline.close();
    }

    @Test
    void pictureVerdictAndChartFitOneScreenAlsoInLargeTypeOnAProjector() {
        for (String size : new String[] {"1440x900 normal", "1280x720 large"}) {
            int width = Integer.parseInt(size.substring(0, 4));
            int height = Integer.parseInt(size.substring(5, 8));
            try (var context =
                    chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(width, height))) {
                context.addInitScript("localStorage.setItem('size', '" + size.substring(9) + "')");
                Page page = open(context.newPage());

                assertThat(number(page, "document.getElementById('depth').getBoundingClientRect().bottom"))
                        .as("lower edge of the chart at %s", size)
                        .isLessThanOrEqualTo(height);
                assertThat((Boolean) page.evaluate("""
                        () => {
                          const stage = document.querySelector('.stage').getBoundingClientRect();
                          return [...document.querySelectorAll('.part')].every((part) => {
                            const box = part.getBoundingClientRect();
                            return box.top >= stage.top && box.bottom <= stage.bottom && box.right <= stage.right;
                          });
                        }"""))
                        .as("every part is inside of the picture at %s", size)
                        .isTrue();
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve("picture-" + size.replace(' ', '-') + ".png")));
            }
        }
    }

    /** Also the README's picture: infra/pictures copies it. */
    @Test
    void whileNobodyConsumesTheTankFillsAndTheRightHalfStands() {
        try (var context = chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))) {
            context.addInitScript("localStorage.setItem('tour', 'done')");
            Page page = open(context.newPage());
            page.locator("#pause-consumer").click();
            page.locator("#workers[data-flow=stopped]").waitFor();
            page.locator("button:has-text('+1,000')").click();
            await("the tank fills").atMost(DEADLINE).until(() -> number(page, LEVEL) > 45);
            page.locator("[data-dismiss]").click();
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("readme-pipeline.png")));

            page.locator("#resume-consumer").click();
            await("the tank drains").atMost(DEADLINE).until(() -> number(page, LEVEL) < 10);
        }
    }

    @Test
    void aDotOpensWhatIsKnownOfItsMessage() {
        try (var context = chromium.browser().newContext()) {
            Page page = open(context.newPage());
            page.locator("#latest a").first().waitFor();
            String id = page.locator("#latest a").first().getAttribute("href").replaceAll(".*/", "");

            page.locator("#latest a[href$='" + id + "']").click();

            page.locator("dialog[open] #known").waitFor();
            await("its life is told")
                    .atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(page.innerText("dialog #known"))
                            .contains(id, "received by a consumer", "deleted, because it is done"));
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog[open]").count()).isZero();
        }
    }

    @Test
    void aFirstVisitorIsLedFromTheStopToTheReturn() {
        try (var context = chromium.browser().newContext()) {
            Page page = open(context.newPage());
            page.locator(".stop .here:has-text('Start here')").waitFor();

            page.locator("#pause-consumer").click();

            page.locator("#workers[data-flow=stopped]").waitFor();
            page.locator("#resume-consumer .again:has-text('Now let it go on')").waitFor();
            page.locator("#tank[data-trend=filling]").waitFor();
            page.locator("#resume-consumer").click();
            page.locator("html[data-tour=done]").waitFor();
            page.locator("#workers:not([data-flow=stopped])").waitFor();
        }
    }

    @Test
    void whoAsksForLessMotionGetsAStillPictureAndTheSameInWords() {
        try (var context =
                chromium.browser().newContext(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE))) {
            Page page = open(context.newPage());

            assertThat(page.textContent("#inwords")).contains("The producer sends", "messages wait in the queue");
            assertThat(page.evaluate("getComputedStyle(document.querySelector('.liquid')).transitionDuration"))
                    .isEqualTo("0s");
        }
    }

    /** Prints what the page costs. */
    @Test
    @Tag("long")
    void drawsTwentyFramesASecondAtAThousandEventsASecond() throws Exception {
        try (var context = chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1440, 900))) {
            Page page = open(context.newPage());
            page.locator("#rate input").fill("1000");
            page.locator("#rate button").first().click();
            await("one dot stands for several")
                    .atMost(DEADLINE)
                    .until(() -> page.textContent("#beads-note").contains("stands for"));
            CDPSession session = context.newCDPSession(page);
            session.send("Performance.enable");
            double busy = busySeconds(session);
            double frames = number(page, "holdfastFrames()");
            double began = number(page, "performance.now() / 1000");

            await("ten seconds of it")
                    .atMost(DEADLINE)
                    .until(() -> number(page, "performance.now() / 1000") > began + 10);

            double seconds = number(page, "performance.now() / 1000") - began;
            double rate = (number(page, "holdfastFrames()") - frames) / seconds;
            System.out.printf(
                    "the first page at 1,000 events/s: %.1f frames/s, %.0f %% of a core%n",
                    rate, 100 * (busySeconds(session) - busy) / seconds);
            assertThat(rate).isGreaterThan(20);
            page.locator("#rate input").fill("20");
            page.locator("#rate button").first().click();
        }
    }

    private static Page open(Page page) {
        page.navigate(pipeline.web(Service.DASHBOARD).base().toString());
        page.locator("html[data-feed='live']").waitFor();
        page.locator("#workers:has-text('Running')").waitFor();
        return page;
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    /** What the page's thread worked. */
    private static double busySeconds(CDPSession session) {
        for (var metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject one = metric.getAsJsonObject();
            if (one.get("name").getAsString().equals("TaskDuration")) {
                return one.get("value").getAsDouble();
            }
        }
        throw new IllegalStateException("the browser measures no task duration");
    }
}

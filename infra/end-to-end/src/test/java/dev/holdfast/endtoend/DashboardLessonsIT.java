package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.harness.Chromium;
import dev.holdfast.harness.Deadline;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Web;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard's pages and lessons in a real browser, over one set of the four real services. */
@EnabledIf(
        value = "dev.holdfast.harness.Chromium#isInstalled",
        disabledReason = "no Chromium here; infra/test installs it where it may")
class DashboardLessonsIT {
    /** A step takes up to a minute; some times as long is the limit. */
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    private static final Duration POLL = Duration.ofMillis(100);

    /** Cumulative layout shift up to which a page counts as good ("Cumulative Layout Shift (CLS)", web.dev). */
    private static final double GOOD_SHIFT = 0.1;

    private static final String AXE = "META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";
    private static final Path SCREENSHOTS = Path.of("../../dashboard/target/screenshots");
    private static final List<String> PAGES = List.of(
            "/",
            "/analytics",
            "/queues",
            "/queues/price-events",
            "/queues/price-events/live",
            "/queues/price-events/messages/none",
            "/lessons",
            "/lessons/crash");

    @TempDir
    static Path home;

    private static Pipeline pipeline;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        pipeline = new Pipeline(home)
                .with(Service.PRODUCER, "producer.rate=50")
                .with(Service.CONSUMER, "consumer.faults=true")
                .with(Service.DASHBOARD, "dashboard.lab.command=" + Repository.infra("demo"));
        pipeline.start(Service.QUEUE, Service.PRODUCER, Service.CONSUMER, Service.DASHBOARD);
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        // Lessons stop and start the consumer by this script, so it is no child of the pipeline any more.
        Program.of(Repository.infra("demo").toString(), "kill")
                .with(pipeline.environment())
                .run(Deadline.LIMIT);
        pipeline.close();
    }

    @Test
    void everyPageOpensWithoutAComplaintInLightDarkSmallAndLargeType() throws IOException {
        // The page's own policy would refuse the checker's script.
        try (var context = chromium.browser()
                .newContext(new Browser.NewContextOptions().setBypassCSP(true).setViewportSize(1280, 900))) {
            Page page = context.newPage();
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(page.url() + ": " + message.text());
                }
            });
            page.onPageError(complaints::add);
            for (String path : PAGES) {
                page.navigate(address(path));
                page.locator("html[data-feed='live']").waitFor();
                if (path.equals("/queues/price-events")) {
                    // It stands in a part that is closed, behind the messages.
                    page.locator("[data-edit] [name=VisibilityTimeout]")
                            .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
                }
                assertThat(shifted(page)).as("layout shift of %s", path).isLessThan(GOOD_SHIFT);
                look(page, path);
            }
            assertThat(complaints).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "fair", "decoupling"})
    void lessonTurnsGreen(String lesson) {
        run(lesson);
    }

    @ParameterizedTest
    @Tag("long")
    @ValueSource(strings = {"order", "poison", "visibility", "spike", "crash", "scaling", "restart"})
    void longerLessonTurnsGreen(String lesson) {
        run(lesson);
    }

    /** What moved without anybody having touched the page, since it began to load. */
    private static double shifted(Page page) {
        Object sum = page.evaluate("""
                () => new Promise((done) => {
                  let sum = 0;
                  new PerformanceObserver((list) => {
                    for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
                  }).observe({ type: 'layout-shift', buffered: true });
                  requestAnimationFrame(() => setTimeout(() => done(sum), 300));
                })""");
        return ((Number) sum).doubleValue();
    }

    /** One visit: what a look changes is checked after it, the costly rest once. */
    private static void look(Page page, String path) throws IOException {
        try (InputStream axe =
                Objects.requireNonNull(DashboardLessonsIT.class.getClassLoader().getResourceAsStream(AXE))) {
            page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        check(page, path, "light", "{}");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        check(page, path, "dark", "{runOnly: ['color-contrast']}");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(360, 900);
        check(page, path, "small", "{rules: {'color-contrast': {enabled: false}}}");
        page.setViewportSize(1280, 900);
        page.locator("#size").click();
        check(page, path, "large-type", "{rules: {'color-contrast': {enabled: false}}}");
        page.locator("#size").click();
    }

    private static void check(Page page, String path, String name, String axeOptions) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(SCREENSHOTS.resolve(name + path.replace('/', '-').replaceAll("-$", "") + ".png")));
        Object violations = page.evaluate("axe.run(" + axeOptions
                + ").then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))");
        assertThat((List<?>) violations).as("axe on %s, %s", path, name).isEmpty();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("%s fits the window, %s", path, name)
                .isTrue();
    }

    /** Each step is taken as soon as its button opens; the page itself lets one wait for what must be measured before. */
    private static void run(String lesson) {
        try (var context = chromium.browser().newContext(new Browser.NewContextOptions().setViewportSize(1280, 900))) {
            Page page = context.newPage();
            page.navigate(address("/lessons/" + lesson));
            page.locator("html[data-feed='live']").waitFor();
            page.locator("[data-step=begin]").click();
            Locator steps = page.locator("[data-step]:not([data-step=begin])");
            for (int i = 0; i < steps.count(); i++) {
                Locator button = steps.nth(i);
                until("step " + (i + 1) + " of " + lesson + " can be taken", page, button::isEnabled);
                button.click();
                until(
                        "step " + (i + 1) + " of " + lesson + " is done",
                        page,
                        () -> button.getAttribute("aria-busy") == null);
            }
            until(
                    "all is green",
                    page,
                    () -> green(page) == page.locator("[data-check]").count());
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SCREENSHOTS.resolve("green-" + lesson + ".png")));
            page.locator("[data-reset]").click();
            until("everything is put back", page, page.locator("[data-reset]")::isDisabled);
        }
        Web dashboard = pipeline.web(Service.DASHBOARD);
        await("the ledger balances after " + lesson)
                .atMost(DEADLINE)
                .pollInterval(POLL)
                .until(() -> dashboard.getJson("/api/proof").path("balanced").asBoolean());
    }

    /** What the page says stands in the failure. */
    private static void until(String what, Page page, Callable<Boolean> reached) {
        try {
            await(what).atMost(DEADLINE).pollInterval(POLL).until(reached);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(what + " was not reached; the page says:\n" + page.innerText("main"), late);
        }
    }

    private static long green(Page page) {
        return page.locator("[data-passed=true]").count();
    }

    private static String address(String path) {
        return pipeline.web(Service.DASHBOARD).base().resolve(path).toString();
    }
}

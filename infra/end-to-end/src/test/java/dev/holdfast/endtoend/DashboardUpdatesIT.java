package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.harness.Chromium;
import dev.holdfast.harness.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the dashboard's pages come and stay up to date: first HTML, keyed updates, one stream for all tabs. */
@EnabledIf(
        value = "dev.holdfast.harness.Chromium#isInstalled",
        disabledReason = "no Chromium here; infra/test installs it where it may")
class DashboardUpdatesIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int UPDATES = 10;

    @TempDir
    static Path home;

    private static Pipeline pipeline;
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        pipeline = new Pipeline(home).with(Service.PRODUCER, "producer.rate=50");
        pipeline.start(Service.QUEUE, Service.PRODUCER, Service.CONSUMER, Service.DASHBOARD);
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        pipeline.close();
    }

    @Test
    void theFirstPageIsReadableWithoutJavaScript() {
        try (var context = chromium.browser().newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();

            await("the first HTML has what was applied").atMost(DEADLINE).untilAsserted(() -> {
                page.navigate(address("/"));
                assertThat(page.innerText("#applied")).matches("[1-9][0-9,]*");
            });

            assertThat(page.innerText("#verdict")).contains("acknowledged");
            assertThat(page.innerText("#workers")).contains("Running");
            assertThat(page.locator("#categories tbody tr th").count()).isPositive();
        }
    }

    @Test
    void focusSelectionAndAnOpenMenuSurviveTenUpdates() {
        try (var context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(address("/"));
            page.locator("html[data-feed='live']").waitFor();
            page.locator("#categories tbody th").first().waitFor();
            page.locator("#pause-consumer").waitFor();
            page.evaluate("""
                    () => {
                      document.querySelector('#pause-consumer').focus();
                      const name = document.querySelector('#categories tbody th').firstChild;
                      getSelection().setBaseAndExtent(name, 0, name, name.length);
                      document.querySelector('#rate input').value = '77';
                    }""");
            String selected = (String) page.evaluate("getSelection().toString()");
            assertThat(selected).isNotEmpty();

            updates(page, UPDATES);

            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("pause-consumer");
            assertThat(page.evaluate("getSelection().toString()")).isEqualTo(selected);
            assertThat(page.inputValue("#rate input")).as("what was typed").isEqualTo("77");
        }
    }

    @Test
    void aButtonThatBecomesItsOppositeHandsFocusToIt() {
        try (var context = chromium.browser().newContext()) {
            Page page = context.newPage();
            page.navigate(address("/"));
            page.locator("html[data-feed='live']").waitFor();
            page.locator("#pause-consumer").focus();
            page.keyboard().press("Enter");
            page.locator("#resume-consumer").waitFor();

            assertThat((Boolean) page.evaluate(
                            "document.querySelector('#worker-consumer').contains(document.activeElement)"))
                    .as("focus stays at the worker's controls")
                    .isTrue();
            page.locator("#resume-consumer").click();
            page.locator("#pause-consumer").waitFor();
        }
    }

    /** Six streams are all that a browser gives to one server; the pages of all tabs share one. */
    @Test
    void withTwentyTabsOpenTheNextPageAnswersAtOnce() {
        List<String> pages = List.of("/", "/analytics", "/queues", "/queues/price-events/live", "/lessons/crash");
        try (BrowserContext context = chromium.browser().newContext()) {
            for (int i = 0; i < 20; i++) {
                context.newPage().navigate(address(pages.get(i % pages.size())));
            }
            for (Page page : context.pages()) {
                page.locator("html[data-feed='live']").waitFor();
            }

            Page next = context.newPage();
            next.setDefaultNavigationTimeout(15_000);
            next.navigate(address("/"));

            Object millis = next.evaluate("performance.getEntriesByType('navigation')[0].responseEnd");
            assertThat(((Number) millis).doubleValue())
                    .as("milliseconds to the answer")
                    .isLessThan(1_000);
            updates(next, 2);
        }
    }

    /** An update comes once a second; a service counts as down after two unanswered questions. */
    @Test
    void aKilledServiceIsSeenOnEveryPageWithinThreeUpdatesAndItsReturnWithoutAReload() {
        List<String> paths = List.of("/", "/analytics", "/queues", "/queues/price-events/live", "/lessons");
        Map<Service, String> names =
                Map.of(Service.QUEUE, "Queue", Service.PRODUCER, "Producer", Service.CONSUMER, "Consumer");
        try (BrowserContext context = chromium.browser().newContext()) {
            for (String path : paths) {
                Page page = context.newPage();
                page.navigate(address(path));
                page.locator("html[data-feed='live']").waitFor();
                page.locator("#outages:not(:has(p))")
                        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
            }
            names.forEach((service, name) -> {
                context.pages().forEach(page -> noteUpdatesUntil(page, name + " unreachable", true));
                pipeline.kill(service);
                long killedAt = System.currentTimeMillis();
                context.pages()
                        .forEach(page -> assertThat(updatesUntilSeen(page, killedAt))
                                .as("updates of %s until %s is seen to be dead", page.url(), name)
                                .isLessThanOrEqualTo(3));

                context.pages().forEach(page -> noteUpdatesUntil(page, name + " unreachable", false));
                pipeline.start(service);
                context.pages().forEach(page -> updatesUntilSeen(page, 0));
            });
        }
    }

    @Test
    void aHiddenTabFollowsNothing() {
        try (BrowserContext context = chromium.browser().newContext()) {
            context.addInitScript("Object.defineProperty(document, 'hidden', { get: () => true })");
            Page page = context.newPage();
            page.navigate(address("/"));
            page.locator("#theme:has-text('Theme')").waitFor();
            String asOf = page.getAttribute("#outages", "data-as-of");
            try (BrowserContext other = chromium.browser().newContext()) {
                Page seen = other.newPage();
                seen.navigate(address("/"));
                updates(seen, 3);
            }

            assertThat(page.getAttribute("#outages", "data-as-of"))
                    .as("the moment of the first HTML")
                    .isEqualTo(asOf);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ul><li id=a>1<li id=b>2<li id=c>3</ul> -> <ul><li id=c>3<li id=a>1<li id=b>4</ul>",
                "<ul><li id=a>1<li id=b>2</ul> -> <ul><li id=n>0<li id=b>2</ul>",
                "<p>one<b>two</b></p> -> <p class=x><b>three</b>four<i>five</i></p>",
                "<div><p>a</p><p id=k>b</p></div> -> <div><p id=k>b</p><h2>t</h2></div>",
                "<ul><li data-key=1>1<li data-key=2>2<li data-key=3>3<li data-key=4>4</ul>"
                        + " -> <ul><li data-key=4>4<li data-key=3>3<li data-key=2>2<li data-key=1>1</ul>",
            })
    void morphingMakesOneTreeTheOtherAndKeepsWhatHasAKey(String change) {
        try (var context = chromium.browser().newContext(new Browser.NewContextOptions().setBypassCSP(true))) {
            Page page = context.newPage();
            page.navigate(address("/lessons"));
            String[] sides = change.split(" -> ", 2);

            Object outcome = page.evaluate("""
                    async ([before, after]) => {
                      const { morph } = await import('/assets/morph.js');
                      const make = (html) => {
                        const holder = document.createElement('template');
                        holder.innerHTML = html;
                        const made = holder.content.firstElementChild;
                        for (const child of made.children) child.tabIndex = 0;
                        return made;
                      };
                      const now = document.body.appendChild(make(before));
                      const key = (node) => node.id || node.dataset.key;
                      const kept = new Map([...now.children].filter(key).map((node) => [key(node), node]));
                      const focused = now.lastElementChild;
                      focused.focus();
                      morph(now, make(after));
                      return {
                        equal: now.isEqualNode(make(after)),
                        stays: [...now.children].every((node) => !kept.has(key(node)) || kept.get(key(node)) === node),
                        focus: !now.contains(focused) || document.activeElement === focused,
                      };
                    }""", List.of(sides[0], sides[1]));

            assertThat(outcome).isEqualTo(Map.of("equal", true, "stays", true, "focus", true));
        }
    }

    private static void noteUpdatesUntil(Page page, String words, boolean there) {
        page.evaluate("""
                ([words, there]) => {
                  const seen = () => document.getElementById('outages').textContent.includes(words) === there;
                  const updates = [];
                  window.updatesUntilSeen = null;
                  addEventListener('parts', () => {
                    updates.push(Date.now());
                    if (seen()) window.updatesUntilSeen ??= [...updates];
                  });
                }""", List.of(words, there));
    }

    /** How many updates came after that moment, up to the one in which it was seen. */
    private static long updatesUntilSeen(Page page, long afterMillis) {
        await("it is seen").atMost(DEADLINE).until(() -> page.evaluate("window.updatesUntilSeen") != null);
        return ((List<?>) page.evaluate("window.updatesUntilSeen"))
                .stream().filter(at -> ((Number) at).longValue() > afterMillis).count();
    }

    /** Waits until the page was brought up to date so many times. */
    private static void updates(Page page, int times) {
        page.evaluate("() => { window.updates = 0; addEventListener('parts', () => { window.updates += 1; }); }");
        await(times + " updates")
                .atMost(DEADLINE)
                .until(() -> ((Number) page.evaluate("window.updates")).intValue() >= times);
    }

    private static String address(String path) {
        return pipeline.web(Service.DASHBOARD).base().resolve(path).toString();
    }
}

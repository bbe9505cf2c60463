package dev.holdfast.endtoend;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.holdfast.endtoend.pipeline.Pipeline;
import dev.holdfast.harness.Chromium;
import dev.holdfast.harness.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The console in a real browser. */
class DashboardConsolePageIT {
    private static final Path SCREENSHOTS = Path.of("../../dashboard/target/screenshots");

    /** The longest name that SQS takes. */
    private static final String LONG_NAME = "n".repeat(80);

    @TempDir
    Path home;

    @Test
    @EnabledIf(
            value = "dev.holdfast.harness.Chromium#isInstalled",
            disabledReason = "no Chromium here; infra/test installs it where it may")
    void anOperatorWorksWithMessages() {
        try (Pipeline pipeline = new Pipeline(home);
                Chromium chromium = new Chromium()) {
            pipeline.start(Service.QUEUE, Service.DASHBOARD);
            String url = create(pipeline, LONG_NAME, Map.of());
            send(pipeline, url, "first", "second", "x".repeat(200_000), "<b>bold</b>");
            sendBinary(pipeline, url);
            List<String> complaints = new ArrayList<>();
            Page page = chromium.browser().newPage();
            page.onPageError(complaints::add);
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    complaints.add(message.text());
                }
            });

            page.navigate(address(pipeline, "/queues/" + LONG_NAME));

            selectionSurvivesUpdatesAndIsDeleted(page, pipeline, url);
            aMessageIsShownWithItsBinaryValues(page);
            nothingIsWiderThanAPhone(page);
            anInvalidValueInAClosedPartIsShown(page, pipeline);
            lookAtThePages(chromium.browser(), pipeline);
            aQueueThatIsDeletedUnderThePageIsSaidToBeGone(page, pipeline, url);
            assertThat(complaints).isEmpty();
        }
    }

    private static void selectionSurvivesUpdatesAndIsDeleted(Page page, Pipeline pipeline, String url) {
        page.locator("html[data-feed='live']").waitFor();
        page.locator("#messages tbody tr:has-text('first') [name=key]").check();
        page.locator("#messages tbody tr:has-text('second') [name=key]").check();

        send(pipeline, url, "new");
        page.locator("#messages tbody tr:has-text('new')").waitFor();

        assertThat(page.locator("#messages [name=key]:checked").count()).isEqualTo(2);
        assertThat(page.innerText("[data-selected]")).isEqualTo("2 selected");
        page.locator("[data-act=delete]").click();
        assertThat(page.locator("[data-act=delete]").innerText()).isEqualTo("Really delete 2?");
        page.locator("[data-act=delete]").click();
        page.locator("[data-said]:has-text('Deleted 2 messages.')").waitFor();
        await("the rows are gone")
                .until(() ->
                        page.locator("#messages tbody tr:has-text('second')").count() == 0);
        assertThat(page.locator("#messages tbody tr").count()).isEqualTo(4);
        assertThat(page.locator("#messages tbody b").count())
                .as("bodies are text")
                .isZero();
        assertThat(page.locator("[data-act=delete]").isDisabled()).isTrue();
    }

    private static void aMessageIsShownWithItsBinaryValues(Page page) {
        page.locator("#messages tbody tr:has-text('binary') a[data-message]").click();
        page.locator("dialog[open] #known").waitFor();
        assertThat(page.locator("dialog[open]").innerText()).contains("68 69 00 ff", "hi");
        page.locator("dialog[open] button:has-text('Close')").click();
    }

    private static void nothingIsWiderThanAPhone(Page page) {
        page.setViewportSize(360, 740);
        assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                .isLessThanOrEqualTo(360);
        page.setViewportSize(1440, 900);
    }

    private static void anInvalidValueInAClosedPartIsShown(Page page, Pipeline pipeline) {
        page.navigate(address(pipeline, "/queues"));
        assertThat(page.locator("table.data").innerText()).contains(LONG_NAME);
        page.locator("[data-create] [name=name]").fill("fine");
        page.locator("[data-create] summary").click();
        page.locator("[data-create] [name=VisibilityTimeout]").fill("99999");
        page.locator("[data-create] summary").click();
        assertThat(page.locator("[data-create] [name=VisibilityTimeout]").isVisible())
                .isFalse();

        page.locator("[data-create] button.primary").click();

        page.locator("[data-create] [name=VisibilityTimeout]").waitFor();
        assertThat(page.locator("[data-create] [name=VisibilityTimeout]:invalid")
                        .count())
                .isEqualTo(1);
    }

    private static void aQueueThatIsDeletedUnderThePageIsSaidToBeGone(Page page, Pipeline pipeline, String url) {
        page.navigate(address(pipeline, "/queues/" + LONG_NAME));
        page.locator("html[data-feed='live']").waitFor();

        pipeline.sqs().deleteQueue(r -> r.queueUrl(url));

        page.locator("#figures .trouble:has-text('There is no queue')").waitFor();
    }

    private static void lookAtThePages(Browser browser, Pipeline pipeline) {
        String fifo = create(pipeline, "orders.fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
        for (int i = 0; i < 5; i++) {
            String id = "order-" + i;
            pipeline.sqs()
                    .sendMessage(r -> r.queueUrl(fifo)
                            .messageBody("{\"order\":\"" + id + "\",\"items\":[1,2,3]}")
                            .messageGroupId("customer-1")
                            .messageDeduplicationId(id));
        }
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1440, 360}) {
                Page page = browser.newPage(new Browser.NewPageOptions()
                        .setColorScheme(scheme)
                        .setViewportSize(width, width == 360 ? 740 : 900));
                for (String path : List.of("/queues", "/queues/" + LONG_NAME, "/queues/orders.fifo")) {
                    page.navigate(address(pipeline, path));
                    page.locator("html[data-feed='live']").waitFor();
                    page.screenshot(new Page.ScreenshotOptions()
                            .setPath(SCREENSHOTS.resolve(
                                    "console" + path.replaceAll("n{80}", "long").replaceAll("[^a-z]", "-") + "-" + width
                                            + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
                }
                page.close();
            }
        }
    }

    private static String address(Pipeline pipeline, String path) {
        return pipeline.web(Service.DASHBOARD).base().resolve(path).toString();
    }

    private static String create(Pipeline pipeline, String name, Map<QueueAttributeName, String> attributes) {
        return pipeline.sqs()
                .createQueue(r -> r.queueName(name).attributes(attributes))
                .queueUrl();
    }

    private static void send(Pipeline pipeline, String url, String... bodies) {
        for (String body : bodies) {
            pipeline.sqs().sendMessage(r -> r.queueUrl(url).messageBody(body));
        }
    }

    private static void sendBinary(Pipeline pipeline, String url) {
        pipeline.sqs()
                .sendMessage(r -> r.queueUrl(url)
                        .messageBody("binary")
                        .messageAttributes(Map.of(
                                "raw",
                                MessageAttributeValue.builder()
                                        .dataType("Binary")
                                        .binaryValue(SdkBytes.fromByteArray(new byte[] {'h', 'i', 0, (byte) 0xff}))
                                        .build())));
    }
}

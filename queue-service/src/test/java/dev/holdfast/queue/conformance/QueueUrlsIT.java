package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GetQueueUrl, and what is understood as a queue's URL. */
class QueueUrlsIT extends Conformance {
    private String name = "";

    @BeforeEach
    void nameOfTheQueue() {
        name = queueUrl.substring(queueUrl.lastIndexOf('/') + 1);
    }

    @Test
    void queueIsFoundByItsName() {
        assertThat(sqs.getQueueUrl(request -> request.queueName(name)).queueUrl())
                .isEqualTo(queueUrl);
    }

    @Test
    void queueIsFoundUnderItsOwnersAccount() {
        assertThat(sqs.getQueueUrl(request -> request.queueName(name).queueOwnerAWSAccountId(ACCOUNT))
                        .queueUrl())
                .isEqualTo(queueUrl);
    }

    @Test
    void anotherAccountHasNoSuchQueue() {
        assertRefused(
                "AWS.SimpleQueueService.NonExistentQueue",
                () -> sqs.getQueueUrl(request -> request.queueName(name).queueOwnerAWSAccountId("123456789012")));
    }

    @Test
    void unknownNameIsRefusedInTheWordsOfTheProtocol() {
        String sentence = wire == Wire.JSON
                ? "The specified queue does not exist."
                : "The specified queue does not exist for this wsdl version.";

        assertRefused(
                        "AWS.SimpleQueueService.NonExistentQueue",
                        () -> sqs.getQueueUrl(request -> request.queueName("no-such-queue")))
                .isEqualTo(sentence);
    }

    @Test
    void nameInAnotherCaseIsAnotherName() {
        String named = create("A" + freshName(), Map.of());
        String lower = named.substring(named.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);

        assertRefused(
                "AWS.SimpleQueueService.NonExistentQueue", () -> sqs.getQueueUrl(request -> request.queueName(lower)));
    }

    @Test
    void missingNameIsRefused() {
        assertRefused("MissingParameter", () -> sqs.getQueueUrl(request -> {})).contains("QueueName");
    }

    @Test
    void urlWithAnotherHostFindsTheQueue() {
        sendTo("https://sqs.eu-west-1.amazonaws.com/" + ACCOUNT + "/" + name, "from afar");

        assertThat(bodies()).containsExactly("from afar");
    }

    @Test
    void bareNameFindsTheQueue() {
        sendTo(name, "by name");

        assertThat(bodies()).containsExactly("by name");
    }

    @Test
    void urlOfAnotherAccountFindsNothing() {
        assertRefused(
                "AWS.SimpleQueueService.NonExistentQueue", () -> sendTo("http://localhost/123456789012/" + name, "x"));
    }

    @Test
    void urlWithoutANameIsRefused() {
        assertRefused("InvalidAddress", () -> sendTo("http://localhost:1/", "x"));
    }

    @Test
    void urlOfAnUnknownHostWithoutAQueueFindsNothing() {
        for (String url : List.of(
                "http://no-such-host/",
                "https://sqs.eu-west-1.amazonaws.com",
                "https://no.such.host/" + ACCOUNT + "/no-such-queue")) {
            assertRefused("AWS.SimpleQueueService.NonExistentQueue", () -> sendTo(url, "x"));
        }
    }

    @Test
    void slashesMayBeDoubledAndStandAtTheEnd() {
        for (String url : List.of(
                queueUrl + "/",
                queueUrl.replace("/" + ACCOUNT, "//" + ACCOUNT + "//"),
                name + "/",
                "/" + ACCOUNT + "/" + name + "//")) {
            sendTo(url, url);
        }
        assertThat(bodies()).hasSize(4);
    }

    @Test
    void missingUrlIsRefused() {
        assertRefused("MissingParameter", () -> sqs.receiveMessage(request -> {}))
                .contains("The request must contain the parameter QueueUrl.");
    }
}

package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** With credentials configured every signature is verified, and a queue is its owner's until a policy shares it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionsIT {
    private ServerProcess server;
    private SqsClient owner;
    private SqsClient guest;
    private String queueUrl;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = new ServerProcess(
                folder,
                "-Dholdfast.credentials.owner.access-key-id=AKOWNER",
                "-Dholdfast.credentials.owner.secret-access-key=owners-secret",
                "-Dholdfast.credentials.owner.account=000000000000",
                "-Dholdfast.credentials.guest.access-key-id=AKGUEST",
                "-Dholdfast.credentials.guest.secret-access-key=guests-secret",
                "-Dholdfast.credentials.guest.account=111111111111");
        owner = server.client("AKOWNER", "owners-secret");
        guest = server.client("AKGUEST", "guests-secret");
    }

    @BeforeEach
    void createQueue() {
        queueUrl = owner.createQueue(request -> request.queueName("shared")).queueUrl();
    }

    @AfterEach
    void deleteQueue() {
        owner.deleteQueue(request -> request.queueUrl(queueUrl));
    }

    @AfterAll
    void stop() {
        owner.close();
        guest.close();
        server.close();
    }

    @Test
    void queueIsClosedToOtherAccountsUntilItsOwnerSharesIt() {
        assertRefused(
                "AccessDenied",
                403,
                () -> guest.sendMessage(r -> r.queueUrl(queueUrl).messageBody("x")));

        owner.addPermission(r -> r.queueUrl(queueUrl)
                .label("senders")
                .awsAccountIds("111111111111")
                .actions("SendMessage"));
        guest.sendMessage(r -> r.queueUrl(queueUrl).messageBody("shared"));

        assertRefused("AccessDenied", 403, () -> guest.receiveMessage(r -> r.queueUrl(queueUrl)));
        assertThat(owner.receiveMessage(r -> r.queueUrl(queueUrl)).messages()).hasSize(1);

        owner.removePermission(r -> r.queueUrl(queueUrl).label("senders"));
        assertRefused(
                "AccessDenied",
                403,
                () -> guest.sendMessage(r -> r.queueUrl(queueUrl).messageBody("x")));
        assertThat(owner.getQueueAttributes(r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.POLICY))
                        .attributes())
                .isEmpty();
    }

    @Test
    void addedPermissionIsShownAsAmazonSqsWritesIt() {
        owner.addPermission(r -> r.queueUrl(queueUrl)
                .label("senders")
                .awsAccountIds("111111111111")
                .actions("SendMessage"));

        assertThat(owner.getQueueAttributes(r -> r.queueUrl(queueUrl).attributeNames(QueueAttributeName.POLICY))
                        .attributes())
                .containsExactly(
                        Map.entry(
                                QueueAttributeName.POLICY,
                                "{\"Version\":\"2008-10-17\",\"Id\":\"arn:aws:sqs:us-east-1:000000000000:shared/SQSDefaultPolicy\",\"Statement\":["
                                        + "{\"Sid\":\"senders\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"},"
                                        + "\"Action\":\"SQS:SendMessage\",\"Resource\":\"arn:aws:sqs:us-east-1:000000000000:shared\"}]}"));
    }

    @Test
    void wrongSignaturesAndUnsignedCallersAreRefused() throws IOException {
        try (SqsClient stranger = server.client("AKNOBODY", "x");
                SqsClient forger = server.client("AKOWNER", "wrong")) {
            assertRefused("InvalidClientTokenId", 403, () -> stranger.listQueues());
            assertRefused("SignatureDoesNotMatch", 403, () -> forger.listQueues());
        }
        assertThat(unsigned("AmazonSQS.ListQueues", "{}")).contains("MissingAuthenticationToken");
        assertThat(unsigned("AmazonSQS.ReceiveMessage", "{\"QueueUrl\":\"" + queueUrl + "\"}"))
                .contains("AccessDenied");
        assertThat(server.get("/_holdfast/ledger").statusCode()).isEqualTo(403);
    }

    private String unsigned(String target, String body) throws IOException {
        return server.send(HttpRequest.newBuilder(server.url())
                        .header("X-Amz-Target", target)
                        .header("Content-Type", "application/x-amz-json-1.0")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .body();
    }

    private static void assertRefused(String code, int status, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(SqsException.class, refusal -> {
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(refusal.statusCode()).isEqualTo(status);
        });
    }
}

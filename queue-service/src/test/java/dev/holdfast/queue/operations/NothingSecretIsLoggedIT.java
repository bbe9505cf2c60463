package dev.holdfast.queue.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What operators collect and pass on must hold no message, no key and nothing that proves who sent a request. */
class NothingSecretIsLoggedIT {
    private static final String KEY_ID = "AKOWNER";
    private static final String SECRET = "owners-secret-7c1f";
    private static final String WRONG_SECRET = "guessed-secret-91ab";
    private static final String BODY = "body-of-a-message-5d20";
    private static final String ATTRIBUTE = "attribute-of-a-message-88e4";
    private static final String FORGED_SIGNATURE = "f0".repeat(32);

    private final Set<String> signatures = ConcurrentHashMap.newKeySet();

    @TempDir
    Path folder;

    /** Notes what each request was signed with. */
    private final class Signatures implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            String authorization =
                    context.httpRequest().firstMatchingHeader("Authorization").orElseThrow();
            signatures.add(authorization.substring(authorization.indexOf("Signature=") + "Signature=".length()));
        }
    }

    @Test
    void noBodyNoKeyAndNoSignatureIsInTheLog() throws Exception {
        try (ServerProcess server = new ServerProcess(
                        folder,
                        "-Dholdfast.credentials.owner.access-key-id=" + KEY_ID,
                        "-Dholdfast.credentials.owner.secret-access-key=" + SECRET,
                        "-Dholdfast.credentials.owner.account=000000000000",
                        "-Dquarkus.log.category.\"dev.holdfast\".level=DEBUG");
                SqsClient owner = client(server, SECRET);
                SqsClient guesser = client(server, WRONG_SECRET)) {
            String url =
                    owner.createQueue(request -> request.queueName("secret")).queueUrl();
            use(owner, url);
            assertThatThrownBy(() -> send(guesser, url)).isInstanceOf(SqsException.class);
            assertThatThrownBy(() -> owner.sendMessage(
                            request -> request.queueUrl(url).messageBody(BODY).delaySeconds(901)))
                    .isInstanceOf(SqsException.class);
            sendMalformed(server, url);
            failInside(owner, url);

            String log = server.printed();
            assertThat(log)
                    .contains("event=write-failed", "event=ready")
                    .doesNotContain(SECRET, WRONG_SECRET, BODY, ATTRIBUTE, FORGED_SIGNATURE);
            assertThat(signatures)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(signature -> assertThat(log).doesNotContain(signature));
        }
    }

    private SqsClient client(ServerProcess server, String secret) {
        return server.clientBuilder()
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, secret)))
                .overrideConfiguration(client ->
                        client.retryStrategy(AwsRetryStrategy.doNotRetry()).addExecutionInterceptor(new Signatures()))
                .build();
    }

    private static void use(SqsClient sqs, String url) {
        send(sqs, url);
        Message message = sqs.receiveMessage(request -> request.queueUrl(url).messageAttributeNames("All"))
                .messages()
                .get(0);
        assertThat(message.body()).isEqualTo(BODY);
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
    }

    private static void send(SqsClient sqs, String url) {
        sqs.sendMessage(request -> request.queueUrl(url)
                .messageBody(BODY)
                .messageAttributes(Map.of(
                        "a",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(ATTRIBUTE)
                                .build())));
    }

    /** Broken in the middle of a body, on both protocols, with and without a signature of the right form. */
    private static void sendMalformed(ServerProcess server, String url) throws IOException {
        String authorization = "AWS4-HMAC-SHA256 Credential=" + KEY_ID + "/20260101/us-east-1/sqs/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature=" + FORGED_SIGNATURE;
        List<String> bodies = List.of(
                "{\"QueueUrl\":\"" + url + "\",\"MessageBody\":\"" + BODY,
                "{\"QueueUrl\":\"" + url + "\",\"MessageBody\":[\"" + BODY + "\"]}",
                "Action=SendMessage&QueueUrl=" + url + "&MessageBody=" + BODY + "%zz");
        for (String body : bodies) {
            String type = body.startsWith("{") ? "application/x-amz-json-1.0" : "application/x-www-form-urlencoded";
            for (String header : List.of(authorization, authorization + FORGED_SIGNATURE, "Bearer " + BODY)) {
                HttpRequest request = HttpRequest.newBuilder(server.url())
                        .header("Content-Type", type)
                        .header("X-Amz-Target", "AmazonSQS.SendMessage")
                        .header("X-Amz-Date", "20260101T000000Z")
                        .header("Authorization", header)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                assertThat(server.send(request).statusCode()).isBetween(400, 499);
            }
        }
    }

    /** A statement fails that never should; what it was to write is in hand when the failure is logged. */
    private void failInside(SqsClient sqs, String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("queue.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 10000");
            statement.execute(
                    "create trigger defect before insert on message begin select raise(abort, 'defect'); end");
        }
        assertThatThrownBy(() -> send(sqs, url))
                .isInstanceOfSatisfying(
                        SqsException.class,
                        refusal -> assertThat(refusal.statusCode()).isBetween(500, 599));
    }
}

package dev.holdfast.queue.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Each kind of fault does what it says, and only that. */
class FaultsIT {
    @TempDir
    Path folder;

    private ServerProcess server;
    private SqsClient client;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = new ServerProcess(folder, "-Dholdfast.faults.enabled=true");
        client = server.client();
        url = client.createQueue(request -> request.queueName("lesson")).queueUrl();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void everyKindDoesWhatItSays() throws IOException {
        // Lost answers: the message is there though its sender got none, and none after its three attempts.
        rules("{\"kind\":\"lose-answer\",\"action\":\"SendMessage\",\"queue\":\"lesson\"}");
        assertThatThrownBy(() -> send("lost answer")).isInstanceOf(SdkClientException.class);
        rules("");
        List<Message> copies = receive();
        assertThat(copies).isNotEmpty().allMatch(message -> message.body().equals("lost answer"));
        delete(copies);

        // Nothing is done.
        rules("{\"kind\":\"fail\",\"action\":\"SendMessage\"}");
        assertThatThrownBy(() -> send("failed"))
                .isInstanceOfSatisfying(
                        SqsException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
        rules("{\"kind\":\"throttle\",\"queue\":\"lesson\"}");
        assertThatThrownBy(() -> send("throttled"))
                .isInstanceOfSatisfying(
                        SqsException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("RequestThrottled"));
        rules("");
        assertThat(receive()).isEmpty();

        // The same message twice within its visibility timeout.
        send("twice");
        rules("{\"kind\":\"duplicate-delivery\",\"action\":\"ReceiveMessage\"}");
        assertThat(receive()).hasSize(1);
        rules("");
        List<Message> again = receive();
        assertThat(again).singleElement().extracting(Message::body).isEqualTo("twice");
        delete(again);

        rules("{\"kind\":\"delay\",\"action\":\"SendMessage\",\"delayMillis\":300}");
        Instant before = Instant.now();
        send("late");
        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void badRulesAreRefusedWithASentence() throws IOException {
        assertThat(put("{\"rules\":[{\"kind\":\"explode\"}]}"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(400))
                .satisfies(answer -> assertThat(answer.body()).contains("lose-answer"));
        assertThat(put("{\"rules\":[{\"kind\":\"fail\",\"probability\":2}]}").body())
                .contains("from 0 to 1");
        assertThat(put("{}").statusCode()).isEqualTo(400);
        assertThat(server.get("/_holdfast/faults").body()).isEqualTo("{\"rules\":[]}");
    }

    private void send(String body) {
        client.sendMessage(request -> request.queueUrl(url).messageBody(body));
    }

    private List<Message> receive() {
        return client.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages();
    }

    private void delete(List<Message> messages) {
        messages.forEach(message ->
                client.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle())));
    }

    private void rules(String rule) throws IOException {
        assertThat(put("{\"rules\":[" + rule + "]}").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> put(String body) throws IOException {
        return server.send(HttpRequest.newBuilder(server.url().resolve("/_holdfast/faults"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}

package dev.holdfast.queue.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Messages that were stored before somebody attacked, in a standard and in a FIFO queue: they must be there afterwards. */
final class Treasure {
    private static final int MESSAGES = 60;
    private static final List<String> QUEUES = List.of("treasure", "treasure.fifo");
    private static final String ATTRIBUTE = "number";

    private final ServerProcess server;
    private final Map<String, String> bodiesByMessageId = new HashMap<>();

    private Treasure(ServerProcess server) {
        this.server = server;
    }

    static Treasure hiddenIn(ServerProcess server) {
        Treasure treasure = new Treasure(server);
        try (SqsClient sqs = server.client()) {
            QUEUES.forEach(name -> treasure.hide(sqs, name));
        }
        return treasure;
    }

    private void hide(SqsClient sqs, String name) {
        boolean fifo = name.endsWith(".fifo");
        Map<QueueAttributeName, String> attributes = fifo ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of();
        String url = sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
        for (int i = 0; i < MESSAGES; i++) {
            String number = Integer.toString(i);
            String body = name + " " + number + " äöü\t\uD83D\uDE00 " + "y".repeat(i * i * 5);
            String id = sqs.sendMessage(request -> {
                        request.queueUrl(url)
                                .messageBody(body)
                                .messageAttributes(Map.of(
                                        ATTRIBUTE,
                                        MessageAttributeValue.builder()
                                                .dataType("Number")
                                                .stringValue(number)
                                                .build()));
                        if (fifo) {
                            request.messageGroupId("group").messageDeduplicationId(number);
                        }
                    })
                    .messageId();
            bodiesByMessageId.put(id, body);
        }
    }

    /** Takes all out, and finds every message as it was. */
    void isIntact() throws IOException {
        Map<String, String> found = new HashMap<>();
        try (SqsClient sqs = server.client()) {
            for (String name : QUEUES) {
                JsonNode ledger = new ObjectMapper()
                        .readTree(server.get("/_holdfast/queues/" + name + "/ledger?audit=true")
                                .body());
                assertThat(ledger.get("balanced").asBoolean())
                        .as("ledger of %s", name)
                        .isTrue();
                assertThat(ledger.get("recounted").asInt()).isEqualTo(MESSAGES);
                takeOut(sqs, name, found);
            }
        }
        assertThat(found).isEqualTo(bodiesByMessageId);
    }

    private static void takeOut(SqsClient sqs, String name, Map<String, String> found) {
        String url = sqs.getQueueUrl(request -> request.queueName(name)).queueUrl();
        for (List<Message> messages = receive(sqs, url); !messages.isEmpty(); messages = receive(sqs, url)) {
            for (Message message : messages) {
                MessageAttributeValue number =
                        Objects.requireNonNull(message.messageAttributes().get(ATTRIBUTE));
                assertThat(message.body()).startsWith(name + " " + number.stringValue() + " ");
                assertThat(found.put(message.messageId(), message.body())).isNull();
                sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
            }
        }
    }

    private static List<Message> receive(SqsClient sqs, String url) {
        return sqs.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
                .messages();
    }
}

package dev.holdfast.benchmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private static final Queues STANDARD = Queues.of("http://127.0.0.1:1/000000000000/life-0000", 1_000, Groups.NONE);
    private static final Queues FIFO = Queues.of("http://127.0.0.1:1/000000000000/fifo-0000.fifo", 1, Groups.fifo(100));

    @Test
    void aBatchCarriesItsIdsAndItsQueue() throws IOException {
        SendRequest send = new SendRequest(1, STANDARD, Body.json(200), 10);

        send.fill(7, 90);
        JsonNode request = json(send.fill(123, 1_000));

        assertThat(request.get("QueueUrl").asText()).endsWith("/life-0123");
        assertThat(request.get("Entries")).hasSize(10);
        JsonNode body =
                new ObjectMapper().readTree(request.at("/Entries/9/MessageBody").asText());
        assertThat(body.get("id").asText()).isEqualTo("00000000000003f1");
        assertThat(request.at("/Entries/9/MessageBody").asText()).hasSize(200);
    }

    @Test
    void aFifoMessageHasGroupAndDeduplicationId() throws IOException {
        JsonNode request = json(new SendRequest(1, FIFO, Body.text(100), 1).fill(0, MessageId.of(3, 250)));

        assertThat(request.get("QueueUrl").asText()).endsWith("/fifo-0000.fifo");
        assertThat(request.get("MessageGroupId").asText()).isEqualTo("0000000000000032");
        assertThat(request.get("MessageDeduplicationId").asText()).isEqualTo("00030000000000fa");
        assertThat(request.get("MessageBody").asText()).hasSize(100).startsWith("00030000000000fa");
    }

    @Test
    void aTenantsMessageHasAGroupAlone() throws IOException {
        Queues fair = Queues.of("http://127.0.0.1:1/000000000000/fair-0000", 1, Groups.fair(100));

        JsonNode request = json(new SendRequest(1, fair, Body.text(100), 1).fill(0, MessageId.of(3, 250)));

        assertThat(request.get("QueueUrl").asText()).endsWith("/fair-0000");
        assertThat(request.get("MessageGroupId").asText()).isEqualTo("0000000000000032");
        assertThat(request.has("MessageDeduplicationId")).isFalse();
        assertThat(request.get("MessageBody").asText()).hasSize(100).startsWith("00030000000000fa");
    }

    @Test
    void aDeleteCopiesHandlesAndStatesItsLength() throws IOException {
        DeleteRequest delete = new DeleteRequest(1, STANDARD, 10);
        byte[] handles = "first,second".getBytes(StandardCharsets.ISO_8859_1);

        delete.clear();
        delete.add(handles, 0, 5);
        delete.add(handles, 6, 12);
        JsonNode request = json(delete.fill(5));

        assertThat(request.get("QueueUrl").asText()).endsWith("/life-0005");
        assertThat(request.at("/Entries/0/ReceiptHandle").asText()).isEqualTo("first");
        assertThat(request.at("/Entries/1/ReceiptHandle").asText()).isEqualTo("second");
        assertThat(request.at("/Entries/1/Id").asText()).isEqualTo("1");
    }

    @Test
    void entriesThatFailedAreSeen() {
        assertThat(BatchAnswer.succeeded(
                        TestResponses.ok("{\"Successful\":[{\"Id\":\"0\"},{\"Id\":\"1\"}],\"Failed\":[]}")))
                .isEqualTo(2);
        assertThat(
                        BatchAnswer.succeeded(
                                TestResponses.ok(
                                        "{\"Successful\":[{\"Id\":\"0\"}],\"Failed\":[{\"Code\":\"X\",\"Id\":\"1\",\"SenderFault\":true}]}")))
                .isEqualTo(BatchAnswer.FAILED);
    }

    /** The body of a request, after checking that Content-Length tells the truth about it. */
    private static JsonNode json(ByteBuffer request) throws IOException {
        String text = StandardCharsets.ISO_8859_1
                .decode(request.duplicate().position(0))
                .toString();
        String[] parts = text.split("\r\n\r\n", 2);
        assertThat(parts[0]).startsWith("POST / HTTP/1.1\r\n");
        String length =
                parts[0].substring(parts[0].indexOf("Content-Length:") + 15).trim();
        assertThat(parts[1]).hasSize(Integer.parseInt(length));
        return new ObjectMapper().readTree(parts[1]);
    }
}

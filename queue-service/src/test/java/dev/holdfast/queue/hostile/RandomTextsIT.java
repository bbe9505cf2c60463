package dev.holdfast.queue.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.queue.conformance.RawCall;
import dev.holdfast.queue.conformance.ServerProcess;
import dev.holdfast.queue.conformance.Wire;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Texts of random characters out of all that a Java string can hold, half characters too, as bodies and as values of
 * attributes: each is refused, or acknowledged and after a restart read back as it was, over both protocols.
 */
class RandomTextsIT {
    private static final int MESSAGES = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** What was acknowledged; in the attribute stands the same text as in the body. */
    private final Map<String, String> textsByMessageId = new HashMap<>();

    @Test
    void whatIsAcknowledgedIsReadBackAsItWas() throws IOException {
        long seed = ThreadLocalRandom.current().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        int acknowledged;
        try (ServerProcess server = new ServerProcess(folder)) {
            for (Wire wire : Wire.values()) {
                RawCall.send(server, Wire.JSON, "CreateQueue", "{\"QueueName\":\"" + wire + "\"}");
            }
            for (int i = 0; i < MESSAGES; i++) {
                String text = text(random);
                Wire wire = i % 2 == 0 ? Wire.JSON : Wire.QUERY;
                boolean taken = i % 3 == 0 ? sendInABatch(server, wire, text) : send(server, wire, text);
                assertThat(taken)
                        .as("seed %d, message %d, %s over %s", seed, i, escaped(text), wire)
                        .isEqualTo(isAllowed(text));
                refused += taken ? 0 : 1;
            }
            acknowledged = textsByMessageId.size();
            server.kill();
            server.restart();
            for (Wire wire : Wire.values()) {
                takeOut(server, wire, seed);
            }
        }
        assertThat(textsByMessageId).as("seed %d: not read back", seed).isEmpty();
        assertThat(refused).isPositive();
        assertThat(acknowledged).isGreaterThan(MESSAGES / 4);
        System.out.printf(
                "RandomTextsIT: seed %d: %d acknowledged and read back, %d refused%n", seed, acknowledged, refused);
    }

    private boolean send(ServerProcess server, Wire wire, String text) throws IOException {
        RawCall.Answer answer =
                RawCall.send(server, wire, "SendMessage", message(text).put("QueueUrl", wire.name()));
        if (answer.status() == 200) {
            textsByMessageId.put(answer.body().path("MessageId").asText(), text);
        } else {
            assertThat(answer.code()).isIn("InvalidMessageContents", "InvalidParameterValue", "MalformedInput");
        }
        return answer.status() == 200;
    }

    private boolean sendInABatch(ServerProcess server, Wire wire, String text) throws IOException {
        ObjectNode batch = JSON.createObjectNode().put("QueueUrl", wire.name());
        batch.withArrayProperty("Entries").add(message(text).put("Id", "a"));
        RawCall.Answer answer = RawCall.send(server, wire, "SendMessageBatch", batch);
        JsonNode successful = answer.body().at("/Successful/0");
        if (!successful.isMissingNode()) {
            textsByMessageId.put(successful.path("MessageId").asText(), text);
        }
        return !successful.isMissingNode();
    }

    private static ObjectNode message(String text) {
        ObjectNode message = JSON.createObjectNode().put("MessageBody", text);
        message.withObjectProperty("MessageAttributes")
                .putObject("text")
                .put("DataType", "String")
                .put("StringValue", text);
        return message;
    }

    /** Receives over the other protocol than it was sent by, until nothing is left. */
    private void takeOut(ServerProcess server, Wire queue, long seed) throws IOException {
        Wire other = queue == Wire.JSON ? Wire.QUERY : Wire.JSON;
        String receive =
                "{\"QueueUrl\":\"" + queue + "\",\"MaxNumberOfMessages\":10,\"MessageAttributeNames\":[\"All\"]}";
        for (JsonNode messages = receive(server, other, receive);
                !messages.isEmpty();
                messages = receive(server, other, receive)) {
            for (JsonNode message : messages) {
                String text = textsByMessageId.remove(message.path("MessageId").asText());
                assertThat(message.path("Body").asText()).as("seed %d", seed).isEqualTo(text);
                assertThat(message.at("/MessageAttributes/text/StringValue").asText())
                        .as("seed %d", seed)
                        .isEqualTo(text);
            }
        }
    }

    private static JsonNode receive(ServerProcess server, Wire wire, String request) throws IOException {
        return RawCall.send(server, wire, "ReceiveMessage", request).body().path("Messages");
    }

    /** Most are of few kinds of character, so that about as many are allowed as not. */
    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        boolean wild = random.nextInt(3) == 0;
        for (int i = random.nextInt(1, 40); i > 0; i--) {
            switch (random.nextInt(wild ? 8 : 5)) {
                case 0 -> text.append((char) random.nextInt(0x20, 0x7F));
                case 1 -> text.append((char) random.nextInt(0xA0, 0xD800));
                case 2 -> text.append((char) random.nextInt(0xE000, 0xFFFE));
                case 3 -> text.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 4 -> text.append("\t\n\r?<&'\"".charAt(random.nextInt(8)));
                case 5 -> text.append((char) random.nextInt(0xD800, 0xE000));
                case 6 -> text.append((char) random.nextInt(0x20));
                default -> text.append((char) random.nextInt(0x10000));
            }
        }
        return text.toString();
    }

    /** By another way than the server's: what a strict encoder can encode, and what XML may hold. */
    private static boolean isAllowed(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            return false;
        }
        return text.codePoints().allMatch(RandomTextsIT::isXml);
    }

    private static boolean isXml(int c) {
        boolean whitespace = c == 0x9 || c == 0xA || c == 0xD;
        return whitespace || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }
}

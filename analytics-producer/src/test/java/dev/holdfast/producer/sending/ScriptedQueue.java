package dev.holdfast.producer.sending;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server that speaks as much of the SQS JSON protocol as a sender hears, and fails as a script says: real servers cannot be told to
 * refuse the third entry of a batch. Keeps what it took.
 */
final class ScriptedQueue implements AutoCloseable {
    /** How one SendMessageBatch goes; without an entry in the script it succeeds. */
    sealed interface Step {
        /** These sequences are refused, the others taken. */
        record Refuse(boolean senderFault, List<String> sequences) implements Step {}

        /** Everything is taken, and the connection closed without an answer. */
        record LoseAnswer() implements Step {}

        /** Nothing is taken. */
        record Fail(int status, String code) implements Step {}
    }

    /** One entry of one batch, as it arrived. */
    record Entry(String id, String body, String producerId, String sequence) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<List<Entry>> batches = new CopyOnWriteArrayList<>();
    final List<Entry> taken = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Step> script = new LinkedBlockingQueue<>();
    private final HttpServer server;

    ScriptedQueue() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    void next(Step step) {
        script.add(step);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        switch (String.valueOf(target)) {
            case "AmazonSQS.GetQueueUrl" ->
                answer(
                        exchange,
                        200,
                        JSON.createObjectNode().put("QueueUrl", endpoint() + "/000000000000/price-events"));
            case "AmazonSQS.SendMessageBatch" -> send(exchange, request);
            default -> throw new IOException("no " + target + " in the script");
        }
    }

    private void send(HttpExchange exchange, JsonNode request) throws IOException {
        List<Entry> entries = entries(request);
        batches.add(entries);
        switch (script.poll()) {
            case null -> answer(exchange, 200, take(entries, List.of(), false));
            case Step.Refuse refuse -> answer(exchange, 200, take(entries, refuse.sequences, refuse.senderFault));
            case Step.LoseAnswer ignored -> {
                taken.addAll(entries);
                exchange.close();
            }
            case Step.Fail fail ->
                answer(
                        exchange,
                        fail.status,
                        JSON.createObjectNode()
                                .put("__type", "com.amazonaws.sqs#" + fail.code)
                                .put("message", "as the script says"));
        }
    }

    private ObjectNode take(List<Entry> entries, List<String> refused, boolean senderFault) {
        ObjectNode result = JSON.createObjectNode();
        ArrayNode successful = result.putArray("Successful");
        ArrayNode failed = result.putArray("Failed");
        for (Entry entry : entries) {
            if (refused.contains(entry.sequence)) {
                failed.addObject()
                        .put("Id", entry.id)
                        .put("Code", "ScriptedError")
                        .put("Message", "as the script says")
                        .put("SenderFault", senderFault);
            } else {
                taken.add(entry);
                successful
                        .addObject()
                        .put("Id", entry.id)
                        .put("MessageId", entry.id)
                        .put("MD5OfMessageBody", md5(entry.body.getBytes(StandardCharsets.UTF_8)))
                        .put("MD5OfMessageAttributes", md5(attributeBytes(entry)));
            }
        }
        return result;
    }

    private static List<Entry> entries(JsonNode request) {
        var entries = new ArrayList<Entry>();
        for (JsonNode entry : request.get("Entries")) {
            JsonNode attributes = entry.get("MessageAttributes");
            entries.add(new Entry(
                    entry.get("Id").asText(),
                    entry.get("MessageBody").asText(),
                    attributes.at("/producerId/StringValue").asText(),
                    attributes.at("/sequence/StringValue").asText()));
        }
        return entries;
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** As AWS documents it: by name, each part with its length before it, 1 for the transport type String. */
    private static byte[] attributeBytes(Entry entry) {
        ByteBuffer bytes = ByteBuffer.allocate(1_000);
        putAttribute(bytes, "producerId", "String", entry.producerId);
        putAttribute(bytes, "sequence", "Number", entry.sequence);
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void putAttribute(ByteBuffer bytes, String name, String type, String value) {
        putText(bytes, name);
        putText(bytes, type);
        bytes.put((byte) 1);
        putText(bytes, value);
    }

    private static void putText(ByteBuffer bytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        bytes.putInt(utf8.length).put(utf8);
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package dev.holdfast.benchmark.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** A queue in memory with one fault built in: what the load generator's checks must find. */
final class TinySqs implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<String> bodies = new ArrayDeque<>();
    private final HttpServer server;
    private final UnaryOperator<String> onDelivery;
    private final boolean deliversTwice;
    private final int losesEvery;
    private int sends;

    TinySqs(UnaryOperator<String> onDelivery, boolean deliversTwice, int losesEvery) throws IOException {
        this.onDelivery = onDelivery;
        this.deliversTwice = deliversTwice;
        this.losesEvery = losesEvery;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    static TinySqs faultless() throws IOException {
        return new TinySqs(UnaryOperator.identity(), false, 0);
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String action = exchange.getRequestHeaders().getFirst("X-Amz-Target").replace("AmazonSQS.", "");
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        ObjectNode answer = JSON.createObjectNode();
        switch (action) {
            case "SendMessage" -> store(request.get("MessageBody").asText());
            case "SendMessageBatch" -> {
                request.get("Entries")
                        .forEach(entry -> store(entry.get("MessageBody").asText()));
                succeed(request, answer);
            }
            case "ReceiveMessage" -> receive(request.get("MaxNumberOfMessages").asInt(), answer.putArray("Messages"));
            case "DeleteMessageBatch" -> succeed(request, answer);
            case "DeleteMessage" -> {}
            default -> throw new IllegalStateException(action);
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void store(String body) {
        sends++;
        if (losesEvery == 0 || sends % losesEvery != 0) {
            bodies.add(body);
        }
    }

    private void receive(int max, ArrayNode messages) {
        for (int i = 0; i < max && !bodies.isEmpty(); i++) {
            String body = bodies.remove();
            messages.addObject().put("Body", onDelivery.apply(body)).put("ReceiptHandle", "handle");
            if (deliversTwice && bodies.size() % 2 == 0) {
                bodies.add(body);
            }
        }
    }

    private static void succeed(JsonNode request, ObjectNode answer) {
        ArrayNode successful = answer.putArray("Successful");
        request.get("Entries")
                .forEach(entry ->
                        successful.addObject().put("Id", entry.get("Id").asText()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package dev.holdfast.dashboard.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.kit.http.Problem;
import dev.holdfast.kit.sqs.SignedRequests;
import dev.holdfast.kit.sqs.SqsClients;
import dev.holdfast.kit.sqs.SqsConfig;
import dev.holdfast.proof.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What only our own server offers: exact ledgers, a look at messages without receiving them. Every answer is empty on
 * any other SQS server, and the caller says so.
 */
@ApplicationScoped
public class OperatorApi {
    /** For the sampler, which must not be held up. */
    private static final Duration TIMEOUT = Duration.ofMillis(900);

    /** For what a person waits for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A server that has no operator's API is asked again this often, in case it was exchanged. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(15);

    private final Optional<URI> endpoint;
    private final ObjectMapper json;
    private final SignedRequests requests;
    private final HttpClient http;
    private volatile Instant absentUntil = Instant.MIN;

    OperatorApi(SqsConfig config, ObjectMapper json) {
        this.endpoint = config.endpoint();
        this.json = json;
        this.requests = new SignedRequests(config);
        this.http = SqsClients.http(config, TIMEOUT);
    }

    /** The address under which {@code path} is answered, for showing; empty on Amazon SQS. */
    public Optional<URI> address(String path) {
        return endpoint.map(e -> URI.create(e.toString().replaceAll("/+$", "") + "/_holdfast/" + path));
    }

    /**
     * The named queues in one snapshot; empty when the server has no such API.
     *
     * @throws IOException when the server does not answer
     */
    public Optional<LedgerSnapshot> ledger(List<String> queues) throws IOException {
        return get("ledger" + queryOf(queues), TIMEOUT).map(OperatorApi::snapshot);
    }

    /** All queues, however many: for lists and charts, which can wait. */
    public Optional<LedgerSnapshot> ledger() throws IOException {
        return get("ledger", PATIENCE).map(OperatorApi::snapshot);
    }

    /**
     * Has something done; empty when the server has no such API.
     *
     * @param path relative, already encoded
     * @throws Problem where the server refuses
     * @throws IOException when the server does not answer
     */
    public Optional<JsonNode> post(String path) throws IOException {
        Optional<URI> address = address(path);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        HttpResponse<String> response =
                send(requests.post(address.get()).timeout(PATIENCE).build(), BodyHandlers.ofString());
        boolean isOurs = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        if (!isOurs) {
            return Optional.empty();
        }
        JsonNode answer = json.readTree(response.body());
        if (response.statusCode() != 200) {
            throw Problem.of(response.statusCode(), answer.path("detail").asText("The queue refused."));
        }
        return Optional.of(answer);
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + request.uri(), e);
        }
    }

    /**
     * Any document of the API; empty when the server has no such API or, for a queue or message, no such thing.
     *
     * @param path relative, already encoded
     * @throws IOException when the server does not answer
     */
    public Optional<JsonNode> get(String path) throws IOException {
        return get(path, PATIENCE);
    }

    /** The same for the sampler: an answer that takes long counts as none. */
    public Optional<JsonNode> sample(String path) throws IOException {
        return get(path, TIMEOUT);
    }

    private Optional<JsonNode> get(String path, Duration timeout) throws IOException {
        Optional<URI> address = address(path);
        if (address.isEmpty() || Instant.now().isBefore(absentUntil)) {
            return Optional.empty();
        }
        HttpResponse<String> response =
                send(requests.get(address.get()).timeout(timeout).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            if (path.startsWith("ledger")) {
                absentUntil = Instant.now().plus(ASK_AGAIN);
            }
            return Optional.empty();
        }
        return Optional.of(json.readTree(response.body()));
    }

    /**
     * An answer that goes on and on, such as Server-Sent Events; empty when the server has no such thing.
     *
     * @throws IOException when the server does not answer
     */
    public Optional<InputStream> stream(String path) throws IOException, InterruptedException {
        Optional<URI> address = address(path);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        var answer = http.send(requests.get(address.get()).build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            return Optional.empty();
        }
        return Optional.of(answer.body());
    }

    private static String queryOf(List<String> queues) {
        return queues.isEmpty()
                ? ""
                : queues.stream().map(q -> "queue=" + encode(q)).collect(Collectors.joining("&", "?", ""));
    }

    /** Encodes a path segment or a query value. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static LedgerSnapshot snapshot(JsonNode node) {
        List<QueueFigures> queues = new ArrayList<>();
        node.path("queues").forEach(q -> queues.add(figures(q)));
        long dropped = 0;
        for (JsonNode gone : node.path("dropped")) {
            dropped += gone.path("droppedWithQueue").asLong();
        }
        return new LedgerSnapshot(
                instant(node.path("at")), queues, dropped, !node.path("dropped").isEmpty());
    }

    private static QueueFigures figures(JsonNode q) {
        return new QueueFigures(
                q.path("name").asText(),
                q.path("waiting").asLong(),
                q.path("delayed").asLong(),
                q.path("inFlight").asLong(),
                number(q.path("oldestAgeSeconds")),
                Ledger.of(q.path("ledger")),
                instant(q.path("createdAt")),
                q.path("deadLetterQueue").textValue());
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isNumber() ? node.asLong() : null;
    }

    private static Instant instant(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.asText()) : Instant.now();
    }
}

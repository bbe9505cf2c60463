package dev.holdfast.consumer.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.kit.sqs.SignedRequests;
import dev.holdfast.kit.sqs.SqsClients;
import dev.holdfast.kit.sqs.SqsConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Asks the other parties, each of which may be down. */
final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What servers say to an address they do not know. */
    private static final Set<Integer> ABSENT = Set.of(400, 404, 405);

    private static final JsonMapper JSON = new JsonMapper();

    private final SignedRequests signed;
    private final HttpClient client;

    Http(SqsConfig sqs) {
        signed = new SignedRequests(sqs);
        client = SqsClients.http(sqs, PATIENCE);
    }

    /** The JSON at the address. The party is named in the error, as in "the queue". */
    JsonNode get(String party, URI address) throws UnknownException {
        return ask(party, HttpRequest.newBuilder(address))
                .orElseThrow(() -> new UnknownException(party + " has no " + address));
    }

    /** The same from a queue-service that may want to know who asks; empty where the server has no such thing. */
    Optional<JsonNode> getSigned(String party, URI address) throws UnknownException {
        return ask(party, signed.get(address));
    }

    private Optional<JsonNode> ask(String party, HttpRequest.Builder builder) throws UnknownException {
        HttpRequest request = builder.timeout(PATIENCE).build();
        URI address = request.uri();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (ABSENT.contains(answer.statusCode())) {
                return Optional.empty();
            }
            if (answer.statusCode() != 200) {
                throw new UnknownException(party + " answers " + answer.statusCode() + " at " + address);
            }
            return Optional.of(JSON.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            throw new UnknownException(party + " answers something else than JSON at " + address);
        } catch (IOException e) {
            throw new UnknownException(party + " does not answer at " + address);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownException("interrupted while asking " + party);
        }
    }
}

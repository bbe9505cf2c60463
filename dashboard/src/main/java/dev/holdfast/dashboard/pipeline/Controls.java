package dev.holdfast.dashboard.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.dashboard.sampling.Sampler;
import dev.holdfast.dashboard.sampling.StatusClient;
import dev.holdfast.kit.http.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/control/{producer|consumer}/{action}}: passes a button's press on, and shows the call behind it. */
@Path("/api/control")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class Controls {
    private static final Set<String> PRODUCER_ACTIONS = Set.of("start", "stop", "rate", "burst", "poison");
    private static final Set<String> CONSUMER_ACTIONS = Set.of("pause", "resume", "crash", "slow");

    private final PipelineConfig config;
    private final StatusClient services;
    private final Sampler sampler;
    private final ObjectMapper json;

    Controls(PipelineConfig config, StatusClient services, Sampler sampler, ObjectMapper json) {
        this.config = config;
        this.services = services;
        this.sampler = sampler;
        this.json = json;
    }

    /** @param call the same as a command to type */
    public record Done(String message, String call) {}

    @POST
    @Path("producer/{action}")
    public Done producer(@PathParam("action") String action, @Nullable String body) {
        requireKnown(PRODUCER_ACTIONS, action);
        return pass("producer", config.producerUrl(), action, body);
    }

    /** @param name which consumer, as its session is called; without it the first */
    @POST
    @Path("consumer/{action}")
    public Done consumer(
            @PathParam("action") String action, @QueryParam("name") @Nullable String name, @Nullable String body) {
        requireKnown(CONSUMER_ACTIONS, action);
        return pass(
                name == null ? "consumer" : name, name == null ? config.consumerUrl() : addressOf(name), action, body);
    }

    private Done pass(String service, URI base, String action, @Nullable String body) {
        URI address = base.resolve("/api/" + action);
        String sent = body == null || body.isBlank() ? "{}" : compact(body);
        String call = sent.equals("{}")
                ? "curl -X POST " + address
                : "curl -X POST -H 'Content-Type: application/json' -d '" + sent + "' " + address;
        try {
            HttpResponse<String> answer = services.command(address, sent);
            if (answer.statusCode() >= 400) {
                throw Problem.of(answer.statusCode(), service + ": " + detail(answer.body()));
            }
            return new Done(service + ": " + action + " done", call);
        } catch (IOException e) {
            throw Problem.of(502, "The " + service + " does not answer at " + address + ". Is it running?");
        }
    }

    /** Other consumers are found by the port that they wrote into the shared database. */
    private URI addressOf(String name) {
        return sampler.latest().stream()
                .map(Sample::database)
                .flatMap(database -> database.consumers().stream())
                .filter(session -> session.name().equals(name))
                .findFirst()
                .map(session -> URI.create(config.consumerUrl().getScheme() + "://"
                        + config.consumerUrl().getHost() + ":" + session.port()))
                .orElseThrow(() -> Problem.of(404, "There is no consumer of this name in the database."));
    }

    private String compact(String body) {
        try {
            return json.readTree(body).toString().replace("'", "");
        } catch (JsonProcessingException e) {
            throw Problem.of(400, "The body is not JSON.");
        }
    }

    private String detail(String body) {
        try {
            JsonNode node = json.readTree(body);
            return Stream.of("detail", "title", "message")
                    .map(node::path)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText)
                    .findFirst()
                    .orElse("refused");
        } catch (JsonProcessingException e) {
            return Objects.requireNonNullElse(body, "refused");
        }
    }

    private static void requireKnown(Set<String> actions, String action) {
        if (!actions.contains(action)) {
            throw Problem.of(404, "There is no control of this name; there are " + String.join(", ", actions) + ".");
        }
    }
}

package dev.holdfast.producer.control;

import dev.holdfast.kit.http.Problem;
import dev.holdfast.producer.Producer;
import dev.holdfast.producer.ProducerLifecycle;
import dev.holdfast.producer.Status;
import dev.holdfast.producer.config.RateLimits;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The control API. Every change answers with the status, once it is on disk. */
@Path("/api")
@Tag(name = "Control")
@Produces(MediaType.APPLICATION_JSON)
public class ControlResource {
    /** A change is on disk within milliseconds unless the disk is full. */
    private static final long CHANGE_LIMIT_SECONDS = 5;

    private final ProducerLifecycle lifecycle;

    @Inject
    ControlResource(ProducerLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /** @param eventsPerSecond required */
    public record RateRequest(
            @Schema(required = true, minimum = "0.1", maximum = "5000", examples = "100") @Nullable Double eventsPerSecond) {}

    /** @param count required */
    public record CountRequest(
            @Schema(required = true, minimum = "1", examples = "1000") @Nullable Long count) {}

    @GET
    @Path("/status")
    @Operation(summary = "What the producer does and knows")
    public Status status() {
        return producer().status();
    }

    @POST
    @Path("/start")
    @Operation(summary = "Generate at the set rate")
    public CompletionStage<Status> start() {
        return stored(producer().run(Instant.now()));
    }

    @POST
    @Path("/stop")
    @Operation(summary = "Generate nothing more, bursts included; what the outbox holds is still sent")
    public CompletionStage<Status> stop() {
        return stored(producer().rest(Instant.now()));
    }

    @POST
    @Path("/rate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Set the rate, 0.1 to 5,000 events per second")
    public CompletionStage<Status> rate(@Nullable RateRequest body) {
        Double rate = required(body).eventsPerSecond();
        if (rate == null || !(rate >= RateLimits.MIN && rate <= RateLimits.MAX)) {
            throw Problem.of(400, "eventsPerSecond must be a number from 0.1 to 5000.", "eventsPerSecond");
        }
        return stored(producer().rate(rate, Instant.now()));
    }

    @POST
    @Path("/burst")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Generate events on top of the rate, as fast as they can be sent")
    public CompletionStage<Status> burst(@Nullable CountRequest body) {
        Producer producer = producer();
        long count = count(body, RateLimits.BURST_MAX, producer.status().burstRemaining());
        return stored(producer.burst(count, Instant.now()));
    }

    @POST
    @Path("/poison")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Send messages that a consumer must refuse: not JSON, a missing field, a negative price, an unknown currency")
    public CompletionStage<Status> poison(@Nullable CountRequest body) {
        Producer producer = producer();
        long count = count(body, RateLimits.POISON_MAX, producer.status().poisonRemaining());
        return stored(producer.poison(count, Instant.now()));
    }

    private static long count(@Nullable CountRequest body, long max, long remaining) {
        Long count = required(body).count();
        if (count == null || count < 1 || count > max) {
            throw Problem.of(400, "count must be a whole number from 1 to " + max + ".", "count");
        }
        if (count > max - remaining) {
            throw Problem.of(
                    400,
                    "count must be at most " + (max - remaining) + " now, because " + remaining
                            + " are not generated yet. Wait, or stop the producer to drop them.",
                    "count");
        }
        return count;
    }

    private static <T> T required(@Nullable T body) {
        if (body == null) {
            throw Problem.of(400, "A JSON body is needed; /q/swagger-ui shows one.", "body");
        }
        return body;
    }

    private Producer producer() {
        return lifecycle
                .producer()
                .orElseThrow(() -> Problem.of(503, "The producer is starting or stopping. Try again."));
    }

    private static CompletionStage<Status> stored(CompletableFuture<Status> change) {
        return change.orTimeout(CHANGE_LIMIT_SECONDS, TimeUnit.SECONDS).exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            throw Problem.of(
                    503,
                    "The change is not on disk: "
                            + (cause instanceof IllegalStateException
                                    ? cause.getMessage()
                                    : "the outbox cannot be written")
                            + ". Look at the status before you try again.");
        });
    }
}

package dev.holdfast.consumer.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.consumer.Consumer;
import dev.holdfast.consumer.ConsumerService;
import dev.holdfast.consumer.Status;
import dev.holdfast.consumer.apply.Faults.Moment;
import dev.holdfast.consumer.apply.Pace;
import dev.holdfast.kit.http.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.jspecify.annotations.Nullable;

/** Status and controls of this consumer. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class ConsumerResource {
    private final ConsumerService service;

    ConsumerResource(ConsumerService service) {
        this.service = service;
    }

    @GET
    @Path("status")
    @Operation(summary = "What the consumer is doing and what it has done")
    public Status status() {
        return consumer().status();
    }

    @POST
    @Path("pause")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Receive no more; what is in hand is finished")
    public Status pause() {
        consumer().pause();
        return consumer().status();
    }

    @POST
    @Path("resume")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Receive again")
    public Status resume() {
        consumer().resume();
        return consumer().status();
    }

    /** The body of {@code POST /api/slow}. */
    @Schema(name = "Slow")
    public record Slow(
            @Schema(
                    description = "Each batch is held this long before its transaction",
                    minimum = "0",
                    maximum = "60000",
                    required = true)
            int millis,

            @Schema(
                    description = "Whether its visibility timeout is extended meanwhile; unchanged where absent",
                    nullable = true)
            @Nullable Boolean extendVisibility) {}

    @POST
    @Path("slow")
    @Operation(summary = "Make each batch take longer, to show a slow consumer")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Slow.class)))
    public Status slow(@Nullable JsonNode body) {
        Body members = Body.of(body, "millis", "extendVisibility");
        int millis = members.integer("millis", 0, Pace.MAX_SLOW_MILLIS);
        members.optionalFlag("extendVisibility").ifPresent(consumer().receivers()::extendVisibility);
        consumer().pace().slowDown(millis);
        return consumer().status();
    }

    /** The body of {@code POST /api/crash}. */
    @Schema(name = "Crash")
    public record Crash(
            @Schema(
                    description = "At which moment of the next transaction with an event in it",
                    enumeration = {"before-commit", "after-commit"},
                    required = true)
            String when) {}

    @POST
    @Path("crash")
    @Operation(summary = "Halt the process, as kill -9 would, around its next commit; only where consumer.faults=true")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Crash.class)))
    public Response crash(@Nullable JsonNode body) {
        if (!service.config().faults()) {
            throw Problem.of(
                    403,
                    "crashing is switched off here; start the consumer with consumer.faults=true (CONSUMER_FAULTS=true) to switch it on");
        }
        Moment moment = Body.of(body, "when")
                .choice("when", Map.of("before-commit", Moment.BEFORE_COMMIT, "after-commit", Moment.AFTER_COMMIT));
        consumer().faults().arm(moment);
        return Response.accepted(Map.of("detail", "the process halts at its next transaction with an event in it"))
                .build();
    }

    private Consumer consumer() {
        return service.consumer();
    }
}

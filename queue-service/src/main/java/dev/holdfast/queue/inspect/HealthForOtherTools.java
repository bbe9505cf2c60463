package dev.holdfast.queue.inspect;

import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** The server's readiness at the addresses where tools look that were written for ElasticMQ and for LocalStack. */
@Path("/")
public class HealthForOtherTools {
    private final SmallRyeHealthReporter health;

    HealthForOtherTools(SmallRyeHealthReporter health) {
        this.health = health;
    }

    @GET
    @Path("health")
    @Produces(MediaType.TEXT_PLAIN)
    public Response elasticMq() {
        return isReady()
                ? Response.ok("OK").build()
                : Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .entity("DOWN")
                        .build();
    }

    @GET
    @Path("_localstack/health")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> localStack() {
        return Map.of("services", Map.of("sqs", isReady() ? "running" : "error"), "edition", "holdfast");
    }

    private boolean isReady() {
        return !health.getReadiness().isDown();
    }
}

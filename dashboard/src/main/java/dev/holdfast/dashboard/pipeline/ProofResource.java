package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.dashboard.sampling.Sampler;
import dev.holdfast.proof.Proof;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/** {@code GET /api/proof}: infra/contract/proof.schema.json, at most a second old. */
@Path("/api/proof")
public class ProofResource {
    private final Sampler sampler;

    ProofResource(Sampler sampler) {
        this.sampler = sampler;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Proof proof() {
        return sampler.latest().map(Sample::proof).orElseGet(() -> Proof.nothingReadYet(Instant.now()));
    }
}

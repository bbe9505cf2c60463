package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.proof.Proof;
import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.dashboard.sampling.Sampler;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

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
        return sampler.latest()
                .map(Sample::proof)
                .orElseGet(
                        () -> new Proof(null, null, null, null, null, null, null, null, null, "nothing was read yet"));
    }
}

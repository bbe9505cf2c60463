package dev.holdfast.producer.control;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Leads a person with a browser to the description of the API. */
@Path("/")
public class IndexResource {
    @GET
    @Operation(hidden = true)
    public Response index() {
        return Response.seeOther(URI.create("/q/swagger-ui/")).build();
    }
}

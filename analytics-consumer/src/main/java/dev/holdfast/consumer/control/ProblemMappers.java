package dev.holdfast.consumer.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.holdfast.consumer.database.DatabaseException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where failures of a request become answers. */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return Problem.response(e.status(), e.field(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response notJson(JsonProcessingException e) {
        return Problem.response(400, "body", "the body is not JSON: " + e.getOriginalMessage());
    }

    /** Quarkus has a mapper of its own for this one, which would come before the one above and say nothing. */
    @ServerExceptionMapper
    public Response notOneObject(MismatchedInputException e) {
        return Problem.response(400, "body", "the body must be one JSON object, with nothing behind it");
    }

    /** There is nothing here that comes and goes, so an unknown path is a wrong request, like an unknown member. */
    @ServerExceptionMapper
    public Response notFound(NotFoundException e, UriInfo uri) {
        return Problem.response(400, "path", uri.getPath() + " does not exist; see /q/swagger-ui for what does");
    }

    @ServerExceptionMapper
    public Response notAllowed(NotAllowedException e) {
        return Problem.response(405, "method", "this path does not know that method; see /q/swagger-ui");
    }

    @ServerExceptionMapper
    public Response notSupported(NotSupportedException e) {
        return Problem.response(415, "Content-Type", "send the body as Content-Type: application/json");
    }

    @ServerExceptionMapper
    public Response other(WebApplicationException e) {
        return Problem.response(
                e.getResponse().getStatus(),
                "body",
                "the request could not be read; send a JSON object, see /q/swagger-ui");
    }

    @ServerExceptionMapper
    public Response database(DatabaseException e) {
        return Problem.response(503, null, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response bug(RuntimeException e) {
        LOG.error("a request met a bug", e);
        return Problem.response(500, null, "the request met a bug; the consumer's log has it");
    }
}

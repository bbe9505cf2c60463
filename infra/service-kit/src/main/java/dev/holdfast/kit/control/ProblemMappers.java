package dev.holdfast.kit.control;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.holdfast.kit.http.Problem;
import dev.holdfast.kit.sqlite.DatabaseException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The one place where failures of a request become answers: sentences that say what to do, never a stack trace. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** What is at fault where no member of the body is. */
    private static final String BODY = "body";

    private final String service;
    private final ApiDescription description;

    ProblemMappers(@ConfigProperty(name = "quarkus.application.name") String service, ApiDescription description) {
        this.service = service;
        this.description = description;
    }

    @ServerExceptionMapper
    Response known(Problem e) {
        return e.response();
    }

    /** Quarkus has a mapper of its own for this one, which would come before the one below and say nothing. */
    @ServerExceptionMapper
    Response badBody(MismatchedInputException e) {
        return body(e).response();
    }

    @ServerExceptionMapper
    Response badJson(StreamReadException e) {
        return body(e).response();
    }

    @ServerExceptionMapper
    Response other(WebApplicationException e, UriInfo uri) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return body(json).response();
        }
        Response answer = e.getResponse();
        int status = answer.getStatus();
        String path = uri.getPath();
        Problem problem = switch (status) {
            case 404 -> notFound(path);
            case 405 -> Problem.of(status, path + " does not serve this method" + description.pointer(), "method");
            case 406 -> Problem.of(status, path + " answers application/json only.", "Accept");
            case 415 -> Problem.of(status, path + " takes a body of Content-Type application/json.", "Content-Type");
            default ->
                Problem.of(status, e.getMessage() == null ? "The request cannot be served." : e.getMessage(), null);
        };
        if (status != problem.status()) {
            return problem.response();
        }
        // With its headers, such as Allow.
        Response written = problem.response();
        return Response.fromResponse(answer)
                .type(written.getMediaType())
                .entity(written.getEntity())
                .build();
    }

    /** In an API that is described nothing comes and goes, so that an unknown path is a wrong request, like an unknown field. */
    private Problem notFound(String path) {
        return Problem.of(
                description.exists() ? 400 : 404, "There is no " + path + " here" + description.pointer(), "path");
    }

    @ServerExceptionMapper
    Response database(DatabaseException e) {
        return Problem.of(503, "The database did not answer: " + e.getMessage() + ". Try again.")
                .response();
    }

    @ServerExceptionMapper
    Response bug(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "event=request-failed id=%s", id);
        return Problem.of(500, "Something went wrong in " + service + "; its log has more under " + id + ".")
                .response();
    }

    private static Problem body(JsonProcessingException e) {
        String field = e instanceof JsonMappingException mapping ? field(mapping) : null;
        String where = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        String detail = switch (e) {
            case UnrecognizedPropertyException unknown ->
                "There is no field " + unknown.getPropertyName() + "; this call takes " + unknown.getKnownPropertyIds()
                        + ".";
            case MismatchedInputException wrong
            when field != null ->
                field + " must be a " + (wrong.getTargetType() == Double.class ? "number" : "whole number") + where
                        + ".";
            case MismatchedInputException wrong -> "The body must be one JSON object" + where + ".";
            case JsonParseException parse -> "The body is not JSON" + where + ": " + parse.getOriginalMessage();
            default -> "The body is not JSON" + where + ".";
        };
        return Problem.of(400, detail, field == null ? BODY : field);
    }

    private static @Nullable String field(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null)
                .collect(Collectors.joining("."));
        return path.isEmpty() ? null : path;
    }
}

package dev.holdfast.producer.control;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns what goes wrong in a request into a problem that says what to do. */
final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);

    /** What is at fault where no member of the body is. */
    static final String BODY = "body";

    @ServerExceptionMapper
    Response known(ProblemException e) {
        return e.problem().response();
    }

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
        String path = uri.getPath();
        if (answer.getStatus() == 404) {
            // There is nothing here that comes and goes, so an unknown path is a wrong request, like an unknown field.
            return Problem.of(400, "There is no " + path + " here; /q/swagger-ui lists what there is.", "path")
                    .response();
        }
        String detail = switch (answer.getStatus()) {
            case 405 -> path + " does not serve this method; /q/swagger-ui says which it serves.";
            case 406 -> path + " answers application/json only.";
            case 415 -> path + " takes a body of Content-Type application/json.";
            default -> e.getMessage() == null ? "The request cannot be served." : e.getMessage();
        };
        return Response.fromResponse(answer)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(answer.getStatus(), detail, partAtFault(answer.getStatus())))
                .build();
    }

    private static @Nullable String partAtFault(int status) {
        return switch (status) {
            case 405 -> "method";
            case 406 -> "Accept";
            case 415 -> "Content-Type";
            default -> null;
        };
    }

    @ServerExceptionMapper
    Response bug(Throwable e) {
        LOG.error("a request failed", e);
        return Problem.of(500, "The producer failed; its log says why.", null).response();
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

package dev.holdfast.dashboard.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Turns failures into answers for people: the queue's own words where it refused, never a stack trace. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response refused(SqsException e) {
        var details = e.awsErrorDetails();
        String words =
                details == null || details.errorMessage() == null ? "The queue refused." : details.errorMessage();
        String code = details == null ? "" : details.errorCode() + ": ";
        return Problem.response(e.statusCode() >= 500 ? 502 : 400, code + words);
    }

    @ServerExceptionMapper
    Response unreachable(SdkException e) {
        return Problem.response(502, "The queue does not answer. Is queue-service running?");
    }

    @ServerExceptionMapper
    Response notJson(JsonProcessingException e) {
        return Problem.response(400, "The body is not the JSON expected here: " + e.getOriginalMessage());
    }

    @ServerExceptionMapper
    Response notFound(NotFoundException e, UriInfo uri) {
        return Problem.response(404, "There is nothing at /" + uri.getPath().replaceAll("^/", ""));
    }

    @ServerExceptionMapper
    Response bug(RuntimeException e) {
        if (e instanceof jakarta.ws.rs.WebApplicationException answered) {
            return answered.getResponse();
        }
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "unexpected failure id=%s", id);
        return Problem.response(500, "Something went wrong in the dashboard; its log has more under " + id + ".");
    }
}

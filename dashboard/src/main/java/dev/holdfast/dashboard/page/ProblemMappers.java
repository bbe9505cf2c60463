package dev.holdfast.dashboard.page;

import dev.holdfast.kit.http.Problem;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Failures of calls to the queue as answers for people: in the queue's own words where it refused. */
class ProblemMappers {
    @ServerExceptionMapper
    Response refused(SqsException e) {
        var details = e.awsErrorDetails();
        String words =
                details == null || details.errorMessage() == null ? "The queue refused." : details.errorMessage();
        String code = details == null ? "" : details.errorCode() + ": ";
        return Problem.of(e.statusCode() >= 500 ? 502 : 400, code + words).response();
    }

    @ServerExceptionMapper
    Response unreachable(SdkException e) {
        return Problem.of(502, "The queue does not answer. Is queue-service running?")
                .response();
    }
}

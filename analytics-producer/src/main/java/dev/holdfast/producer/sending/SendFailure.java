package dev.holdfast.producer.sending;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * Why a call to the queue failed.
 *
 * @param code the SQS error code, or the kind of failure where no answer came
 * @param outcomeUnknown whether the queue may have done what was asked all the same
 * @param queueMissing whether the endpoint answers and has no such queue
 */
record SendFailure(String code, String message, boolean outcomeUnknown, boolean queueMissing) {
    private static final int SERVER_ERROR = 500;

    /** In place of the SDK's own text, which lists seven providers on one line. */
    private static final String NO_CREDENTIALS =
            "no AWS credentials in the environment, in ~/.aws or from this instance; provide them, or set"
                    + " holdfast.sqs.endpoint to a server of your own";

    private static final String UNTRUSTED =
            " (holdfast.sqs.ca-file names the authority that signed the queue's certificate)";

    static SendFailure of(SdkException exception) {
        if (exception instanceof QueueDoesNotExistException missing) {
            return new SendFailure("QueueDoesNotExist", text(missing), false, true);
        }
        if (exception instanceof AwsServiceException answer) {
            String code = answer.awsErrorDetails() == null
                    ? "HTTP " + answer.statusCode()
                    : answer.awsErrorDetails().errorCode();
            return new SendFailure(code, text(answer), answer.statusCode() >= SERVER_ERROR, false);
        }
        if (exception instanceof ApiCallTimeoutException || exception instanceof ApiCallAttemptTimeoutException) {
            return new SendFailure("Timeout", text(exception), true, false);
        }
        return withoutAnswer(exception);
    }

    static SendFailure of(BatchResultErrorEntry entry) {
        return new SendFailure(
                entry.code(), entry.message() == null ? entry.code() : entry.message(), !entry.senderFault(), false);
    }

    /** The call that failed was not the one that sends. */
    SendFailure nothingSent() {
        return new SendFailure(code, message, false, queueMissing);
    }

    private static SendFailure withoutAnswer(SdkException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ConnectException e -> {
                    return new SendFailure("ConnectionRefused", reason(e), false, false);
                }
                case UnknownHostException e -> {
                    return new SendFailure("UnknownHost", "no address for " + e.getMessage(), false, false);
                }
                case NoRouteToHostException e -> {
                    return new SendFailure("NoRouteToHost", reason(e), false, false);
                }
                case SSLHandshakeException e -> {
                    return new SendFailure("TlsFailed", reason(e) + UNTRUSTED, false, false);
                }
                case SocketTimeoutException e -> {
                    return new SendFailure("Timeout", reason(e), true, false);
                }
                case IOException e -> {
                    return new SendFailure("ConnectionLost", reason(e), true, false);
                }
                default -> {}
            }
        }
        String message = text(exception);
        return message.startsWith("Unable to load credentials")
                ? new SendFailure("NoCredentials", NO_CREDENTIALS, false, false)
                : new SendFailure("ClientError", message, true, false);
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String text(SdkException e) {
        if (e instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            String message = answer.awsErrorDetails().errorMessage();
            return message == null ? "HTTP " + answer.statusCode() : message;
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

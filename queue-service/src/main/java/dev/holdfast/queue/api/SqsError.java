package dev.holdfast.queue.api;

/**
 * Every error a client can get: its shape in the JSON protocol, its code in the Query protocol (and in the header {@code
 * x-amzn-query-error}), and its HTTP status, the same on both protocols.
 *
 * <p>Sources: the Smithy model of the SQS API for the modelled ones; recorded answers of Amazon SQS for the others.
 */
public enum SqsError {
    QUEUE_DOES_NOT_EXIST("QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400),
    QUEUE_NAME_EXISTS("QueueNameExists", "QueueAlreadyExists", 400),
    QUEUE_DELETED_RECENTLY("QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently", 400),
    PURGE_QUEUE_IN_PROGRESS("PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress", 403),
    TOO_MANY_ENTRIES("TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest", 400),
    EMPTY_BATCH("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest", 400),
    BATCH_IDS_NOT_DISTINCT("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400),
    INVALID_BATCH_ENTRY_ID("InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId", 400),
    BATCH_TOO_LONG("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong", 400),
    MESSAGE_NOT_INFLIGHT("MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", 400),
    UNSUPPORTED_OPERATION("UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation", 400),
    RECEIPT_HANDLE_IS_INVALID("ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404),
    OVER_LIMIT("OverLimit", "OverLimit", 403),
    REQUEST_THROTTLED("RequestThrottled", "RequestThrottled", 403),
    INVALID_SECURITY("InvalidSecurity", "InvalidSecurity", 403),
    INVALID_ADDRESS("InvalidAddress", "InvalidAddress", 404),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", "ResourceNotFoundException", 404),
    INVALID_ATTRIBUTE_NAME("InvalidAttributeName", "InvalidAttributeName", 400),
    INVALID_ATTRIBUTE_VALUE("InvalidAttributeValue", "InvalidAttributeValue", 400),
    INVALID_MESSAGE_CONTENTS("InvalidMessageContents", "InvalidMessageContents", 400),
    INVALID_ID_FORMAT("InvalidIdFormat", "InvalidIdFormat", 400),
    KMS_DISABLED("KmsDisabled", "KMS.DisabledException", 400),
    KMS_INVALID_STATE("KmsInvalidState", "KMS.InvalidStateException", 400),
    KMS_NOT_FOUND("KmsNotFound", "KMS.NotFoundException", 400),
    KMS_OPT_IN_REQUIRED("KmsOptInRequired", "KMS.OptInRequired", 403),
    KMS_THROTTLED("KmsThrottled", "KMS.ThrottlingException", 400),
    KMS_ACCESS_DENIED("KmsAccessDenied", "KMS.AccessDeniedException", 400),
    KMS_INVALID_KEY_USAGE("KmsInvalidKeyUsage", "KMS.InvalidKeyUsageException", 400),

    // Outside the model.
    INVALID_PARAMETER_VALUE("InvalidParameterValueException", "InvalidParameterValue", 400),
    MISSING_PARAMETER("MissingRequiredParameterException", "MissingParameter", 400),
    INVALID_PARAMETER_COMBINATION("InvalidParameterCombinationException", "InvalidParameterCombination", 400),
    SERIALIZATION("SerializationException", "MalformedInput", 400),
    UNKNOWN_OPERATION("UnknownOperationException", "InvalidAction", 400),
    MALFORMED_HTTP_REQUEST("MalformedHttpRequestException", "MalformedHttpRequest", 400),
    REQUEST_TOO_LARGE("RequestEntityTooLargeException", "RequestEntityTooLarge", 413),
    ACCESS_DENIED("AccessDeniedException", "AccessDenied", 403),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", "MissingAuthenticationToken", 403),
    INVALID_CLIENT_TOKEN_ID("UnrecognizedClientException", "InvalidClientTokenId", 403),
    SIGNATURE_DOES_NOT_MATCH("InvalidSignatureException", "SignatureDoesNotMatch", 403),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", "IncompleteSignature", 400),
    REQUEST_EXPIRED("RequestExpired", "RequestExpired", 403),
    INTERNAL_FAILURE("InternalFailure", "InternalFailure", 500),
    SERVICE_UNAVAILABLE("ServiceUnavailable", "ServiceUnavailable", 503);

    private final String shape;
    private final String queryCode;
    private final int httpStatus;

    SqsError(String shape, String queryCode, int httpStatus) {
        this.shape = shape;
        this.queryCode = queryCode;
        this.httpStatus = httpStatus;
    }

    /** The name in the Smithy model; in JSON, {@code __type} is "com.amazonaws.sqs#" and this name. */
    public String shape() {
        return shape;
    }

    public String queryCode() {
        return queryCode;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the caller is to blame: "Sender" in both protocols, else "Receiver". */
    public boolean senderFault() {
        return httpStatus < 500;
    }

    /** This error with a sentence that a user can act on. */
    public SqsException because(String message) {
        return new SqsException(this, message);
    }
}

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

    // Outside the model: the framework below Amazon SQS answers them.
    INVALID_PARAMETER_VALUE(Origin.FRAMEWORK, "InvalidParameterValueException", "InvalidParameterValue", 400),
    MISSING_PARAMETER(Origin.FRAMEWORK, "MissingRequiredParameterException", "MissingParameter", 400),
    INVALID_PARAMETER_COMBINATION(
            Origin.FRAMEWORK, "InvalidParameterCombinationException", "InvalidParameterCombination", 400),
    SERIALIZATION(Origin.FRAMEWORK, "SerializationException", "MalformedInput", 400),
    UNKNOWN_OPERATION(Origin.FRAMEWORK, "UnknownOperationException", "InvalidAction", 400),
    /** The same as it is where no action is named at all; told in XML whatever the client accepts. */
    NO_ACTION(Origin.FRAMEWORK, "UnknownOperationException", "InvalidAction", 400),
    /** A request to a queue's own path that asks for nothing. */
    MISSING_ACTION(Origin.FRAMEWORK, "MissingActionException", "MissingAction", 404),
    MALFORMED_HTTP_REQUEST(Origin.FRAMEWORK, "MalformedHttpRequestException", "MalformedHttpRequest", 400),
    REQUEST_TOO_LARGE(Origin.FRAMEWORK, "RequestEntityTooLargeException", "RequestEntityTooLarge", 413),
    ACCESS_DENIED(Origin.FRAMEWORK, "AccessDeniedException", "AccessDenied", 403),
    MISSING_AUTHENTICATION_TOKEN(
            Origin.FRAMEWORK, "MissingAuthenticationTokenException", "MissingAuthenticationToken", 403),
    INVALID_CLIENT_TOKEN_ID(Origin.FRAMEWORK, "UnrecognizedClientException", "InvalidClientTokenId", 403),
    SIGNATURE_DOES_NOT_MATCH(Origin.FRAMEWORK, "InvalidSignatureException", "SignatureDoesNotMatch", 403),
    INCOMPLETE_SIGNATURE(Origin.FRAMEWORK, "IncompleteSignatureException", "IncompleteSignature", 400),
    REQUEST_EXPIRED(Origin.FRAMEWORK, "RequestExpired", "RequestExpired", 403),
    INTERNAL_FAILURE(Origin.FRAMEWORK, "InternalFailure", "InternalFailure", 500),
    SERVICE_UNAVAILABLE(Origin.FRAMEWORK, "ServiceUnavailable", "ServiceUnavailable", 503);

    private enum Origin {
        MODEL("com.amazonaws.sqs#"),
        FRAMEWORK("com.amazon.coral.service#");

        private final String namespace;

        Origin(String namespace) {
            this.namespace = namespace;
        }
    }

    private final Origin origin;
    private final String shape;
    private final String queryCode;
    private final int httpStatus;

    SqsError(String shape, String queryCode, int httpStatus) {
        this(Origin.MODEL, shape, queryCode, httpStatus);
    }

    SqsError(Origin origin, String shape, String queryCode, int httpStatus) {
        this.origin = origin;
        this.shape = shape;
        this.queryCode = queryCode;
        this.httpStatus = httpStatus;
    }

    /** The name in the Smithy model. */
    public String shape() {
        return shape;
    }

    /** The name with its namespace, as {@code __type} shows it in JSON. */
    public String type() {
        return origin.namespace + shape;
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

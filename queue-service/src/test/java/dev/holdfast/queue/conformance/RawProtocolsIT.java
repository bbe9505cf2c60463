package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands on the wire itself, which no SDK shows. */
class RawProtocolsIT extends SharedServer {
    private static final String NAMESPACE = "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"";

    private String path = "";

    @BeforeEach
    void pathOfTheQueue() {
        path = queueUrl.substring(server().url().toString().length());
    }

    @Test
    void formIsServedOnTheQueuesPath() throws IOException {
        HttpResponse<String> answer = post(path, "Action=SendMessage&MessageBody=hello");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/xml");
        assertThat(answer.body())
                .contains("<SendMessageResponse " + NAMESPACE + "><SendMessageResult>")
                .contains("<MD5OfMessageBody>5d41402abc4b2a76b9719d911017c592</MD5OfMessageBody>");
    }

    @Test
    void getIsServedToo() throws IOException {
        server().get(path + "?Action=SendMessage&MessageBody=by+GET%21");

        assertThat(server().get(path + "?Action=ReceiveMessage").body()).contains("<Body>by GET!</Body>");
    }

    @Test
    void versionMayBeMissing() throws IOException {
        assertThat(post("/", "Action=GetQueueUrl&QueueName=" + path.substring(path.lastIndexOf('/') + 1))
                        .body())
                .contains("<QueueUrl>" + queueUrl + "</QueueUrl>");
    }

    @Test
    void parameterWinsOverThePath() throws IOException {
        String other = create(Map.of());
        post(path, "Action=SendMessage&MessageBody=m&QueueUrl=" + other);

        assertThat(post("/", "Action=ReceiveMessage&QueueUrl=" + other).body()).contains("<Body>m</Body>");
    }

    @Test
    void carriageReturnIsWrittenAsACharacterReference() throws IOException {
        post(path, "Action=SendMessage&MessageBody=" + URLEncoder.encode("a\r\n<&>\"'", StandardCharsets.UTF_8));

        assertThat(post(path, "Action=ReceiveMessage").body()).contains("<Body>a&#xD;\n&lt;&amp;&gt;&quot;'</Body>");
    }

    @Test
    void emptyReceiveHasAnEmptyResult() throws IOException {
        assertThat(post(path, "Action=ReceiveMessage").body())
                .startsWith("<?xml version=\"1.0\"?><ReceiveMessageResponse " + NAMESPACE + ">")
                .contains("<ReceiveMessageResult></ReceiveMessageResult><ResponseMetadata><RequestId>");
    }

    @Test
    void actionWithoutResultHasNoResultElement() throws IOException {
        assertThat(post(path, "Action=PurgeQueue").body())
                .matches(
                        "<\\?xml version=\"1.0\"\\?><PurgeQueueResponse " + NAMESPACE
                                + "><ResponseMetadata><RequestId>[0-9a-f-]{36}</RequestId></ResponseMetadata></PurgeQueueResponse>");
    }

    @Test
    void errorHasTypeCodeMessageDetailAndRequestId() throws IOException {
        HttpResponse<String> answer = post("/", "Action=PurgeQueue&QueueUrl=no-such-queue");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .matches("<\\?xml version=\"1.0\"\\?><ErrorResponse " + NAMESPACE + "><Error><Type>Sender</Type>"
                        + "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"
                        + "<Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error>"
                        + "<RequestId>[0-9a-f-]{36}</RequestId></ErrorResponse>");
    }

    @Test
    void requestIdOfTheBodyIsThatOfTheHeader() throws IOException {
        HttpResponse<String> answer = post(path, "Action=ReceiveMessage");

        assertThat(answer.body())
                .contains("<RequestId>"
                        + answer.headers().firstValue("x-amzn-RequestId").orElseThrow() + "</RequestId>");
    }

    @Test
    void listsMayBeGivenWithoutNumbersAndInAnyOrder() throws IOException {
        post(
                path,
                "Action=SendMessageBatch&SendMessageBatchRequestEntry.2.Id=b&SendMessageBatchRequestEntry.2.MessageBody=second"
                        + "&SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=first");

        assertThat(post(path, "Action=ReceiveMessage&MaxNumberOfMessages=10&AttributeName=All")
                        .body())
                .containsSubsequence("<Body>first</Body>", "<Name>SentTimestamp</Name>", "<Body>second</Body>");
    }

    @Test
    void jsonAnswerHasTheProtocolsHeaders() throws IOException {
        HttpResponse<String> answer = json("ListQueues", "{\"QueueNamePrefix\":\"none-of-these\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-amz-json-1.0");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
        assertThat(answer.headers().firstValue("x-amzn-query-error")).isEmpty();
    }

    @Test
    void jsonErrorHasItsTypeItsMessageAndTheQueryCode() throws IOException {
        HttpResponse<String> answer = json("PurgeQueue", "{\"QueueUrl\":\"no-such-queue\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\","
                        + "\"message\":\"The specified queue does not exist.\"}");
        assertThat(answer.headers().firstValue("x-amzn-query-error"))
                .hasValue("AWS.SimpleQueueService.NonExistentQueue;Sender");
    }

    @Test
    void errorsOutsideTheModelHaveTheirRecordedTypes() throws IOException {
        assertThat(json("ReceiveMessage", "{\"QueueUrl\":\"" + queueUrl + "\",\"MaxNumberOfMessages\":11}")
                        .body())
                .startsWith("{\"__type\":\"com.amazonaws.sqs#InvalidParameterValueException\"");
        assertThat(json("SendMessage", "{\"QueueUrl\":\"" + queueUrl + "\"}").body())
                .startsWith("{\"__type\":\"com.amazonaws.sqs#MissingRequiredParameterException\"");
    }

    @Test
    void emptyListsAndMapsAreLeftOutOfJson() throws IOException {
        assertThat(json("ListQueueTags", "{\"QueueUrl\":\"" + queueUrl + "\"}").body())
                .isEqualTo("{}");
        assertThat(json("ReceiveMessage", "{\"QueueUrl\":\"" + queueUrl + "\"}").body())
                .isEqualTo("{}");
        assertThat(json("GetQueueAttributes", "{\"QueueUrl\":\"" + queueUrl + "\"}")
                        .body())
                .isEqualTo("{}");
    }

    @Test
    void actionWithoutResultAnswersAnEmptyObjectOrNothing() throws IOException {
        assertThat(json("PurgeQueue", "{\"QueueUrl\":\"" + queueUrl + "\"}").body())
                .isIn("", "{}");
    }

    @Test
    void unknownActionIsRefusedInEachProtocol() throws IOException {
        assertThat(post("/", "Action=Fly").body()).contains("<Code>InvalidAction</Code>");
        assertThat(json("Fly", "{}").body()).contains("UnknownOperationException");
    }

    private static HttpResponse<String> post(String path, String form) throws IOException {
        return server().send(HttpRequest.newBuilder(server().url().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private static HttpResponse<String> json(String action, String body) throws IOException {
        return server().send(HttpRequest.newBuilder(server().url())
                .header("X-Amz-Target", "AmazonSQS." + action)
                .header("Content-Type", "application/x-amz-json-1.0")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }
}

package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands on the wire itself, which no SDK shows. */
class RawProtocolsIT extends SharedServer {
    private static final String NAMESPACE = "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"";

    private static final ObjectMapper JSON = new ObjectMapper();

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
                .contains("<ReceiveMessageResult/><ResponseMetadata><RequestId>");
        assertThat(post("/", "Action=ListQueues&QueueNamePrefix=none-of-these").body())
                .contains("<ListQueuesResult/>");
        assertThat(post(path, "Action=ListQueueTags").body()).contains("<ListQueueTagsResult/>");
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
                .startsWith("{\"__type\":\"com.amazon.coral.service#InvalidParameterValueException\"");
        assertThat(json("SendMessage", "{\"QueueUrl\":\"" + queueUrl + "\"}").body())
                .startsWith("{\"__type\":\"com.amazon.coral.service#MissingRequiredParameterException\"");
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

    @Test
    void contentTypeDecidesTheProtocol() throws IOException {
        for (String type :
                List.of("application/x-www-form-urlencoded", "Application/X-WWW-Form-URLEncoded; charset=utf-8")) {
            HttpResponse<String> answer = server().send(HttpRequest.newBuilder(server().url())
                    .header("X-Amz-Target", "AmazonSQSv20121105.ListQueues")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString("Action=GetQueueAttributes&QueueUrl=" + queueUrl))
                    .build());

            assertThat(answer.body()).contains("<GetQueueAttributesResponse ");
        }
    }

    @Test
    void compressedBodyIsNotServed() throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(("Action=PurgeQueue&QueueUrl=" + queueUrl).getBytes(StandardCharsets.UTF_8));
        }
        for (String type : List.of("application/x-www-form-urlencoded", "application/x-amz-json-1.0")) {
            HttpResponse<String> answer = server().send(HttpRequest.newBuilder(server().url())
                    .header("X-Amz-Target", "AmazonSQS.PurgeQueue")
                    .header("Content-Type", type)
                    .header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(gzip.toByteArray()))
                    .build());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("The Content-Encoding gzip is not served");
        }
    }

    @Test
    void slashesOfThePathMayBeDoubledAndStandAtTheEnd() throws IOException {
        for (String spelled : List.of(path + "/", path + "//", "/" + path, path.replace("0/", "0//"))) {
            assertThat(getAt(spelled + "?Action=SendMessage&MessageBody=m").statusCode())
                    .as(spelled)
                    .isEqualTo(200);
        }
        assertThat(getAt("//?Action=ListQueues").statusCode()).isEqualTo(200);
    }

    /** At the path as it is spelled: resolved, two slashes would begin a host. */
    private static HttpResponse<String> getAt(String path) throws IOException {
        return server().send(HttpRequest.newBuilder(URI.create(server().url() + path))
                .build());
    }

    @Test
    void actionsWithoutAQueueAreNotServedOnAQueuesPath() throws IOException {
        for (String action : List.of(
                "ListQueues",
                "CreateQueue",
                "StartMessageMoveTask",
                "CancelMessageMoveTask",
                "ListMessageMoveTasks",
                "FooBar")) {
            for (HttpResponse<String> answer : List.of(
                    server().get(path + "?Action=" + action + "&QueueName=made-on-a-path"),
                    post(path, "Action=" + action + "&QueueName=made-on-a-path"))) {
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body())
                        .contains("<Code>InvalidAction</Code><Message>The action " + action
                                + " is not valid for this endpoint.</Message>");
            }
        }
        assertThat(post("/", "Action=GetQueueUrl&QueueName=made-on-a-path").statusCode())
                .isEqualTo(400);
        assertThat(post(path, "Action=GetQueueUrl&QueueName=" + path.substring(path.lastIndexOf('/') + 1))
                        .body())
                .contains("<QueueUrl>" + queueUrl + "</QueueUrl>");
    }

    @Test
    void queuesPathWithoutAnActionIsAnUnknownOperation() throws IOException {
        for (HttpResponse<String> answer :
                List.of(server().get(path), server().get(path + "/"), post(path, ""), inJson(path))) {
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo("<UnknownOperationException/>");
            assertThat(answer.headers().firstValue("content-type")).hasValue("text/xml");
        }
    }

    @Test
    void answerToAFormIsJsonForWhoAcceptsThat() throws IOException {
        post(
                path,
                "Action=SendMessage&MessageBody=m%0D&MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=Binary"
                        + "&MessageAttribute.1.Value.BinaryValue=AQID");
        post(path, "Action=TagQueue&Tag.1.Key=k&Tag.1.Value=v");

        JsonNode message = JSON.readTree(
                        inJson(path + "?Action=ReceiveMessage&AttributeName=All&MessageAttributeName=All")
                                .body())
                .at("/ReceiveMessageResponse/ReceiveMessageResult/messages/0");
        assertThat(message.path("Body").asText()).isEqualTo("m\r");
        assertThat(message.at("/Attributes/0/Name").asText()).isEqualTo("ApproximateFirstReceiveTimestamp");
        assertThat(message.at("/MessageAttributes/0/Value/BinaryValue").asText())
                .isEqualTo("AQID");
        assertThat(inJson(path + "?Action=ReceiveMessage").body())
                .startsWith(
                        "{\"ReceiveMessageResponse\":{\"ReceiveMessageResult\":{\"messages\":null},\"ResponseMetadata\":{\"RequestId\":\"");
        assertThat(inJson(path + "?Action=ListQueueTags").body())
                .contains("\"ListQueueTagsResult\":{\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}");
        assertThat(inJson(path + "?Action=GetQueueAttributes&AttributeName=DelaySeconds")
                        .body())
                .contains(
                        "\"GetQueueAttributesResult\":{\"Attributes\":[{\"Name\":\"DelaySeconds\",\"Value\":\"0\"}]}");
        assertThat(inJson(path + "?Action=PurgeQueue").body())
                .startsWith("{\"PurgeQueueResponse\":{\"ResponseMetadata\":{\"RequestId\":\"");
        assertThat(inJson("/?Action=ListQueues&QueueNamePrefix=" + path.substring(path.lastIndexOf('/') + 1))
                        .body())
                .contains("{\"ListQueuesResponse\":{\"ListQueuesResult\":{\"queueUrls\":[\"" + queueUrl
                        + "\"],\"NextToken\":null}");
        HttpResponse<String> batch = inJson(path + "?Action=DeleteMessageBatch&DeleteMessageBatchRequestEntry.1.Id=a"
                + "&DeleteMessageBatchRequestEntry.1.ReceiptHandle=x");
        assertThat(batch.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(batch.body())
                .contains(
                        "{\"Successful\":null,\"Failed\":[{\"Id\":\"a\",\"SenderFault\":true,\"Code\":\"ReceiptHandleIsInvalid\",");
    }

    @Test
    void refusalOfAFormIsJsonForWhoAcceptsThat() throws IOException {
        HttpResponse<String> answer = inJson(path + "?Action=ListQueues");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.body())
                .matches(
                        "\\{\"Error\":\\{\"Type\":\"Sender\",\"Code\":\"InvalidAction\",\"Message\":"
                                + "\"The action ListQueues is not valid for this endpoint\\.\"},\"RequestId\":\"[0-9a-f-]{36}\"}");
        assertThat(inJson("/").body()).contains("<Code>InvalidAction</Code>");
        assertThat(inJson("/000000000000/none?Action=PurgeQueue").body())
                .contains("\"Code\":\"AWS.SimpleQueueService.NonExistentQueue\"");
    }

    @Test
    void healthIsWhereOtherServersHaveIt() throws IOException {
        assertThat(server().get("/health").body()).isEqualTo("OK");
        assertThat(JSON.readTree(server().get("/_localstack/health").body())
                        .at("/services/sqs")
                        .asText())
                .isEqualTo("running");
    }

    private static HttpResponse<String> inJson(String path) throws IOException {
        return server().send(HttpRequest.newBuilder(server().url().resolve(path))
                .header("Accept", "application/json")
                .build());
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

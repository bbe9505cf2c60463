package dev.holdfast.queue.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.api.MessageAttributeValue;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.http.WireServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryProtocolTest {
    private static final List<String> FORM = List.of("Content-Type", "application/x-www-form-urlencoded");
    private static final String XMLNS = "xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"";

    private final WireServer server = new WireServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void foldsNumberedMembersIntoTheSameRecordAsJson() throws Exception {
        post(
                "/",
                "Action=SendMessage&Version=2012-11-05&QueueUrl=q&MessageBody=a%2Bb+c%E2%82%AC%0D&DelaySeconds=3"
                        + "&MessageAttribute.2.Name=b&MessageAttribute.2.Value.DataType=Binary&MessageAttribute.2.Value.BinaryValue=AQID"
                        + "&MessageAttribute.1.Name=n.x&MessageAttribute.1.Value.DataType=Number&MessageAttribute.1.Value.StringValue=1"
                        + "&MessageSystemAttribute.1.Name=AWSTraceHeader&MessageSystemAttribute.1.Value.DataType=String"
                        + "&MessageSystemAttribute.1.Value.StringValue=Root%3D1");

        var sent = (Request.SendMessage) server.requests.take();

        assertThat(sent.messageBody()).isEqualTo("a+b c€\r");
        assertThat(sent.delaySeconds()).isEqualTo(3);
        assertThat(sent.messageAttributes().keySet()).containsExactly("n.x", "b");
        assertThat(sent.messageAttributes().get("b"))
                .extracting(MessageAttributeValue::binaryValue)
                .isEqualTo(new byte[] {1, 2, 3});
        assertThat(sent.messageSystemAttributes().get("AWSTraceHeader"))
                .isEqualTo(MessageAttributeValue.string("Root=1"));
    }

    @Test
    void readsBatchesTagsAndListsOfNames() throws Exception {
        post(
                "/",
                "Action=SendMessageBatch&QueueUrl=q&SendMessageBatchRequestEntry.1.Id=a"
                        + "&SendMessageBatchRequestEntry.1.MessageBody=x&SendMessageBatchRequestEntry.10.Id=c"
                        + "&SendMessageBatchRequestEntry.10.MessageBody=z&SendMessageBatchRequestEntry.2.Id=b"
                        + "&SendMessageBatchRequestEntry.2.MessageBody=y");
        assertThat(((Request.SendMessageBatch) server.requests.take()).entries())
                .extracting(Request.SendMessageBatch.Entry::id)
                .containsExactly("a", "b", "c");

        post(
                "/",
                "Action=CreateQueue&QueueName=q&Attribute.1.Name=DelaySeconds&Attribute.1.Value=5&Tag.1.Key=k&Tag.1.Value=");
        assertThat(server.requests.take())
                .isEqualTo(new Request.CreateQueue("q", Map.of("DelaySeconds", "5"), Map.of("k", "")));

        post(
                "/",
                "Action=AddPermission&QueueUrl=q&Label=l&AWSAccountId.1=111111111111&ActionName.1=SendMessage&ActionName.2=*");
        assertThat(server.requests.take())
                .isEqualTo(new Request.AddPermission("q", "l", List.of("111111111111"), List.of("SendMessage", "*")));

        post("/", "Action=ReceiveMessage&QueueUrl=q&AttributeName=All&MessageAttributeName.1=a.*");
        assertThat(server.requests.take())
                .isEqualTo(new Request.ReceiveMessage(
                        "q", List.of("All"), List.of(), List.of("a.*"), null, null, null, null));
    }

    @Test
    void theQueueIsThatOfTheParameterElseThatOfThePath() throws Exception {
        String path = "/000000000000/q";

        server.send("GET", path + "?Action=PurgeQueue", HttpRequest.BodyPublishers.noBody(), List.of());
        assertThat(server.requests.take())
                .isEqualTo(new Request.PurgeQueue("http://127.0.0.1:" + server.port() + path));

        post(path, "Action=PurgeQueue&QueueUrl=other");
        assertThat(server.requests.take()).isEqualTo(new Request.PurgeQueue("other"));

        HttpResponse<String> none = post("/", "Action=PurgeQueue");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("<Code>MissingParameter</Code>").contains("the parameter QueueUrl.");
    }

    @Test
    void answersInXmlThatKeepsACarriageReturn() throws Exception {
        server.answer =
                CompletableFuture.completedFuture(new Result.OfReceiveMessage(List.of(new Result.ReceivedMessage(
                        "id",
                        "handle",
                        "md5",
                        "a\r\n<&>\" 😀",
                        Map.of("SentTimestamp", "1"),
                        "md5a",
                        Map.of(
                                "b",
                                new MessageAttributeValue(
                                        null, new byte[] {1, 2, 3}, List.of(), List.of(), "Binary"))))));

        HttpResponse<String> answer = post("/", "Action=ReceiveMessage&QueueUrl=q");

        String requestId = answer.headers().firstValue("x-amzn-requestid").orElseThrow();
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/xml");
        assertThat(answer.body())
                .isEqualTo(
                        "<?xml version=\"1.0\"?><ReceiveMessageResponse " + XMLNS + "><ReceiveMessageResult><Message>"
                                + "<MessageId>id</MessageId><ReceiptHandle>handle</ReceiptHandle><MD5OfBody>md5</MD5OfBody>"
                                + "<Body>a&#xD;\n&lt;&amp;&gt;&quot; 😀</Body>"
                                + "<Attribute><Name>SentTimestamp</Name><Value>1</Value></Attribute>"
                                + "<MD5OfMessageAttributes>md5a</MD5OfMessageAttributes>"
                                + "<MessageAttribute><Name>b</Name><Value><BinaryValue>AQID</BinaryValue><DataType>Binary</DataType></Value></MessageAttribute>"
                                + "</Message></ReceiveMessageResult><ResponseMetadata><RequestId>" + requestId
                                + "</RequestId></ResponseMetadata></ReceiveMessageResponse>");
    }

    @Test
    void resultsOfBatchesAreCalledByTheirAction() throws Exception {
        server.answer = CompletableFuture.completedFuture(new Result.OfBatch(
                List.of(new Result.OfBatch.Id("1")), List.of(new Result.BatchError("2", true, "Code", null))));

        assertThat(post("/", "Action=ChangeMessageVisibilityBatch&QueueUrl=q").body())
                .contains("<ChangeMessageVisibilityBatchResult><ChangeMessageVisibilityBatchResultEntry><Id>1</Id>"
                        + "</ChangeMessageVisibilityBatchResultEntry><BatchResultErrorEntry><Id>2</Id>"
                        + "<SenderFault>true</SenderFault><Code>Code</Code></BatchResultErrorEntry>");
        assertThat(post("/", "Action=DeleteMessageBatch&QueueUrl=q").body())
                .contains("<DeleteMessageBatchResultEntry><Id>1</Id></DeleteMessageBatchResultEntry>");
    }

    @Test
    void tagsHaveKeysAndAnEmptyAnswerHasNoResult() throws Exception {
        server.answer = CompletableFuture.completedFuture(new Result.OfListQueueTags(Map.of("k", "v")));
        assertThat(post("/", "Action=ListQueueTags&QueueUrl=q").body())
                .contains("<ListQueueTagsResult><Tag><Key>k</Key><Value>v</Value></Tag></ListQueueTagsResult>");

        server.answer = CompletableFuture.completedFuture(Result.Nothing.INSTANCE);
        assertThat(post("/", "Action=PurgeQueue&QueueUrl=q").body())
                .contains("<PurgeQueueResponse " + XMLNS + "><ResponseMetadata>");
    }

    @Test
    void aMissingQueueIsWordedForThisProtocol() throws Exception {
        server.answer = CompletableFuture.failedFuture(
                SqsError.QUEUE_DOES_NOT_EXIST.because("The specified queue does not exist."));

        HttpResponse<String> answer = post("/", "Action=PurgeQueue&QueueUrl=q");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<ErrorResponse " + XMLNS + "><Error><Type>Sender</Type>"
                        + "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"
                        + "<Message>The specified queue does not exist for this wsdl version.</Message><Detail/></Error>"
                        + "<RequestId>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Action=Explode                                                  | InvalidAction
            Version=2012-11-05                                              | InvalidAction
            Action=ReceiveMessage&QueueUrl=q&MaxNumberOfMessages=ten        | MalformedInput
            Action=ReceiveMessage&QueueUrl=q&MaxNumberOfMessages=99999999999| MalformedInput
            Action=ReceiveMessage&QueueUrl=q&MaxNumberOfMessages.1=1        | MalformedInput
            Action=PurgeQueue&QueueUrl=q&QueueUrl=q                         | MalformedInput
            Action=PurgeQueue&QueueUrl=%                                    | MalformedInput
            Action=PurgeQueue&QueueUrl=%4                                   | MalformedInput
            Action=PurgeQueue&QueueUrl=%4g                                  | MalformedInput
            Action=PurgeQueue&QueueUrl=%C3                                  | MalformedInput
            Action=PurgeQueue&QueueUrl=q&a.b.c.d.e.f.g.h.i=1                | MalformedInput
            Action=SetQueueAttributes&QueueUrl=q&Attribute.1.Name=a         | MissingParameter
            Action=SetQueueAttributes&QueueUrl=q&Attribute.1.Value=a        | MissingParameter
            Action=SetQueueAttributes&QueueUrl=q&Attribute.1.Name=a&Attribute.1.Value=1&Attribute.2.Name=a&Attribute.2.Value=2 | MalformedInput
            """)
    void whatIsNoRequestIsRefused(String form, String code) throws Exception {
        HttpResponse<String> answer = post("/", form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>" + code + "</Code>");
        assertThat(answer.headers().firstValue("x-amzn-query-error")).hasValue(code + ";Sender");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aFormOfTooManyParametersIsRefused() throws Exception {
        assertThat(post("/", "Action=PurgeQueue&QueueUrl=q" + "&a".repeat(10) + "&b=".repeat(3_000))
                        .body())
                .contains("MalformedInput");
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        HttpResponse<String> answer =
                server.send("PUT", "/?Action=ListQueues", HttpRequest.BodyPublishers.noBody(), List.of());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("<Code>MalformedHttpRequest</Code>");
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return server.send("POST", path, HttpRequest.BodyPublishers.ofString(form), FORM);
    }
}

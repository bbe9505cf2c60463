package dev.holdfast.queue.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.api.MessageAttributeValue;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import dev.holdfast.queue.api.SqsError;
import dev.holdfast.queue.http.WireServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonProtocolTest {
    private final WireServer server = new WireServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void bindsEveryKindOfMember() throws Exception {
        server.json("SendMessage", """
                {"QueueUrl": "q", "MessageBody": "gr\\u00fc\\u00df dich €", "DelaySeconds": 3, "Unknown": {"a": [1, {}]},
                 "MessageGroupId": null,
                 "MessageAttributes": {"n": {"DataType": "Number.euro", "StringValue": "1"},
                                       "b": {"DataType": "Binary", "BinaryValue": "AQID"}}}
                """);

        var sent = (Request.SendMessage) server.requests.take();

        assertThat(sent.messageBody()).isEqualTo("grüß dich €");
        assertThat(sent.delaySeconds()).isEqualTo(3);
        assertThat(sent.messageGroupId()).isNull();
        assertThat(sent.messageSystemAttributes()).isEmpty();
        assertThat(sent.messageAttributes()).containsOnlyKeys("n", "b");
        assertThat(sent.messageAttributes().get("b"))
                .extracting(MessageAttributeValue::binaryValue)
                .isEqualTo(new byte[] {1, 2, 3});
    }

    @Test
    void leavesOutWhatIsEmptyAndAnswersWithTheProtocolsHeaders() throws Exception {
        server.answer = CompletableFuture.completedFuture(new Result.OfSendMessage("d41d", null, null, "id", null));

        HttpResponse<String> answer = server.json("SendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"b\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"MD5OfMessageBody\":\"d41d\",\"MessageId\":\"id\"}");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-amz-json-1.0");
        assertThat(answer.headers().firstValue("x-amzn-requestid").orElseThrow())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void anEmptyReceiveHasNoMessagesKey() throws Exception {
        server.answer = CompletableFuture.completedFuture(new Result.OfReceiveMessage(List.of()));

        assertThat(server.json("ReceiveMessage", "{\"QueueUrl\":\"q\"}").body()).isEqualTo("{}");
    }

    @Test
    void writesMessagesWithBinaryAttributes() throws Exception {
        var attribute = new MessageAttributeValue(null, new byte[] {1, 2, 3}, List.of(), List.of(), "Binary");
        server.answer =
                CompletableFuture.completedFuture(new Result.OfReceiveMessage(List.of(new Result.ReceivedMessage(
                        "id",
                        "handle",
                        "md5",
                        "a\r\n\"ü\"",
                        Map.of("SentTimestamp", "1"),
                        null,
                        Map.of("b", attribute)))));

        assertThat(server.json("ReceiveMessage", "{\"QueueUrl\":\"q\"}").body())
                .isEqualTo("{\"Messages\":[{\"MessageId\":\"id\",\"ReceiptHandle\":\"handle\",\"MD5OfBody\":\"md5\","
                        + "\"Body\":\"a\\r\\n\\\"ü\\\"\",\"Attributes\":{\"SentTimestamp\":\"1\"},"
                        + "\"MessageAttributes\":{\"b\":{\"BinaryValue\":\"AQID\",\"DataType\":\"Binary\"}}}]}");
    }

    @Test
    void errorsOfTheEngineArriveInTheirShape() throws Exception {
        server.answer = CompletableFuture.failedFuture(
                new CompletionException(SqsError.QUEUE_DOES_NOT_EXIST.because("The specified queue does not exist.")));

        HttpResponse<String> answer = server.json("DeleteQueue", "{\"QueueUrl\":\"q\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\","
                        + "\"message\":\"The specified queue does not exist.\"}");
        assertThat(answer.headers().firstValue("x-amzn-query-error"))
                .hasValue("AWS.SimpleQueueService.NonExistentQueue;Sender");
    }

    @Test
    void aDefectOfTheEngineTellsNothingButTheRequestId() throws Exception {
        server.answer = CompletableFuture.failedFuture(new IllegalStateException("select secret"));

        HttpResponse<String> answer = server.json("DeleteQueue", "{\"QueueUrl\":\"q\"}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body())
                .contains("InternalFailure")
                .doesNotContain("secret")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"QueueUrl": 1}                                                 | NUMBER_VALUE can not be converted to a String
            {"QueueUrl": "q", "MaxNumberOfMessages": "10"}                  | STRING_VALUE can not be converted to an Integer
            {"QueueUrl": "q", "MaxNumberOfMessages": 1.0}                   | NUMBER_VALUE can not be converted to an Integer
            {"QueueUrl": "q", "MaxNumberOfMessages": 1e999999999}           | NUMBER_VALUE can not be converted to an Integer
            {"QueueUrl": "q", "MaxNumberOfMessages": true}                  | TRUE_VALUE can not be converted to an Integer
            {"QueueUrl": "q", "MaxNumberOfMessages": {}}                    | Start of structure or map found where not expected.
            {"QueueUrl": "q", "MaxNumberOfMessages": 2147483648}            | MaxNumberOfMessages is out of the range of an integer.
            {"QueueUrl": "q", "MaxNumberOfMessages": 99999999999999999999}  | MaxNumberOfMessages is out of the range of an integer.
            {"QueueUrl": "q", "AttributeNames": "All"}                      | AttributeNames must be a list.
            {"QueueUrl": "q", "AttributeNames": ["a", null]}                | NULL_VALUE can not be converted to a String
            {"QueueUrl": "q", "AttributeNames": {"a": 1}}                   | AttributeNames must be a list.
            {"QueueUrl": "q", "QueueUrl": "q"}                              | QueueUrl is given twice.
            {"QueueUrl": "q"} {}                                            | There is something behind the end of the request's JSON object.
            ["QueueUrl"]                                                    | The request must be one JSON object.
            ""                                                              | The request must be one JSON object.
            {"QueueUrl": "q"                                                | The body is not valid JSON
            {"QueueUrl": 'q'}                                               | The body is not valid JSON
            {"QueueUrl": "q",}                                              | The body is not valid JSON
            """)
    void whatIsNoReceiveMessageIsRefusedWithASentence(String body, String sentence) throws Exception {
        HttpResponse<String> answer = server.json("ReceiveMessage", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("com.amazon.coral.service#SerializationException")
                .contains(sentence);
    }

    @Test
    void aWrongValueInABatchIsRefusedInAmazonsWordsAndAMissingOneNamedByItsPath() throws Exception {
        assertThat(server.json(
                                "SendMessageBatch",
                                "{\"QueueUrl\":\"q\",\"Entries\":[{\"Id\":\"1\",\"MessageBody\":\"b\"},"
                                        + "{\"Id\":\"2\",\"MessageBody\":\"b\",\"MessageAttributes\":{\"a\":{\"DataType\":[]}}}]}")
                        .body())
                .contains("Start of list found where not expected.");
        assertThat(server.json("SendMessageBatch", "{\"QueueUrl\":\"q\",\"Entries\":[{\"Id\":\"1\"}]}")
                        .body())
                .contains("MissingRequiredParameterException")
                .contains("The request must contain the parameter Entries.1.MessageBody.");
        assertThat(server.json("SendMessage", "{\"MessageBody\":\"b\"}").body())
                .contains("The request must contain the parameter QueueUrl.");
        assertThat(server.json("CreateQueue", "{\"QueueName\":\"q\",\"Attributes\":{\"a\":\"1\",\"a\":\"2\"}}")
                        .body())
                .contains("Attributes.a is given twice.");
    }

    @Test
    void jsonThatIsTooDeepIsRefusedAlsoInAMemberNobodyKnows() throws Exception {
        String deep = "{\"QueueUrl\":\"q\",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(server.json("DeleteQueue", deep).body())
                .contains("SerializationException")
                .contains("nested deeper than 32 levels");
    }

    @ParameterizedTest
    @CsvSource({"C081", "EDA080", "F4908080", "80", "C3", "FF", "E28282E2"})
    void invalidUtf8IsRefused(String hex) throws Exception {
        byte[] wrong = java.util.HexFormat.of().parseHex(hex);
        byte[] head = "{\"QueueUrl\":\"".getBytes(StandardCharsets.US_ASCII);
        byte[] tail = "\"}".getBytes(StandardCharsets.US_ASCII);

        HttpResponse<String> answer =
                server.json("DeleteQueue", HttpRequest.BodyPublishers.ofByteArrays(List.of(head, wrong, tail)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("SerializationException");
    }

    @Test
    void aSentenceWithHalfACharacterIsStillWritten() throws Exception {
        server.answer = CompletableFuture.failedFuture(SqsError.INVALID_PARAMETER_VALUE.because("Not a name: \ud800"));

        HttpResponse<String> answer = server.json("DeleteQueue", "{\"QueueUrl\":\"q\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("InvalidParameterValueException").contains("Not a name: \\uD800");
    }

    @Test
    void unknownActionsAndMissingTargetsAreRefused() throws Exception {
        assertThat(server.json("Explode", "{}").body()).contains("UnknownOperationException");
        HttpResponse<String> none = server.send(
                "POST",
                "/",
                HttpRequest.BodyPublishers.ofString("{}"),
                List.of("Content-Type", "application/x-amz-json-1.0"));
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("UnknownOperationException");
        assertThat(none.headers().firstValue("x-amzn-query-error")).hasValue("InvalidAction;Sender");
    }
}

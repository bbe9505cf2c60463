package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.conformance.RawCall.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Lists and maps of forms: in the singular or in the plural, with numbers or without, and never lost without a word. */
class QuerySpellingsIT extends SharedServer {

    @Test
    void attributesOfAMessageInTheirSpellings() throws IOException {
        for (String name : List.of(
                "MessageAttribute.1",
                "MessageAttributes.1",
                "MessageAttribute",
                "MessageAttributes",
                "MessageAttribute.7")) {
            call(
                    "SendMessage",
                    "MessageBody=m&%1$s.Name=a&%1$s.Value.DataType=String&%1$s.Value.StringValue=v".formatted(name));

            Message message = sqs.receiveMessage(
                            request -> request.queueUrl(queueUrl).messageAttributeNames("All"))
                    .messages()
                    .getFirst();
            assertThat(message.messageAttributes()).as(name).containsOnlyKeys("a");
        }
    }

    @Test
    void singularAndPluralAreTheSameRow() throws IOException {
        call("TagQueue", "Tags.1.Key=a&Tag.1.Value=1&Tag.2.Key=b&Tags.2.Value=2&Tag.Key=c&Tag.Value=3");

        assertThat(sqs.listQueueTags(request -> request.queueUrl(queueUrl)).tags())
                .isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        refused("TagQueue", "Tags.1.Key=a&Tag.1.Key=b&Tag.1.Value=1");
    }

    @Test
    void attributesOfAQueueInTheirSpellings() throws IOException {
        int seconds = 1;
        for (String name : List.of("Attribute.1", "Attributes.1", "Attribute", "Attributes")) {
            call("SetQueueAttributes", name + ".Name=DelaySeconds&" + name + ".Value=" + seconds);
            assertThat(attribute(queueUrl, QueueAttributeName.DELAY_SECONDS)).isEqualTo("" + seconds++);
        }
        for (String name : List.of("Tag", "Tags", "tags", "Tag.1", "Tags.1", "tags.1")) {
            String queue = freshName();
            call("CreateQueue", "QueueName=" + queue + "&" + name + ".Key=k&" + name + ".Value=v");
            assertThat(sqs.listQueueTags(request -> request.queueUrl(queue)).tags())
                    .as(name)
                    .isEqualTo(Map.of("k", "v"));
        }
    }

    @Test
    void entriesOfBatchesInTheirSpellings() throws IOException {
        for (String name :
                List.of("SendMessageBatchRequestEntry.1", "SendMessageBatchRequestEntry", "Entries.1", "Entries")) {
            Answer answer = call("SendMessageBatch", name + ".Id=a&" + name + ".MessageBody=m");
            assertThat(answer.body().at("/Successful/0/Id").asText()).as(name).isEqualTo("a");
        }
        for (String name : List.of("DeleteMessageBatchRequestEntry", "Entries", "Entries.1")) {
            String handle = handle();
            Answer answer = call("DeleteMessageBatch", name + ".Id=a&" + name + ".ReceiptHandle=" + handle);
            assertThat(answer.body().at("/Successful/0/Id").asText()).as(name).isEqualTo("a");
        }
        Answer answer = call(
                "ChangeMessageVisibilityBatch",
                "Entries.Id=a&Entries.ReceiptHandle=" + handle() + "&Entries.VisibilityTimeout=0");
        assertThat(answer.body().at("/Successful/0/Id").asText()).isEqualTo("a");
    }

    private String handle() {
        return sqs.receiveMessage(request -> request.queueUrl(queueUrl))
                .messages()
                .getFirst()
                .receiptHandle();
    }

    @Test
    void listsOfNamesInTheirSpellings() throws IOException {
        for (String name : List.of("AttributeName", "AttributeNames", "AttributeName.1", "AttributeNames.1")) {
            assertThat(call("GetQueueAttributes", name + "=DelaySeconds")
                            .body()
                            .at("/Attributes/DelaySeconds")
                            .asText())
                    .as(name)
                    .isEqualTo("0");
        }
        for (String name : List.of("TagKey", "TagKeys", "TagKey.1", "TagKeys.1")) {
            call("TagQueue", "Tag.1.Key=k&Tag.1.Value=v");
            call("UntagQueue", name + "=k");
            assertThat(sqs.listQueueTags(request -> request.queueUrl(queueUrl)).tags())
                    .as(name)
                    .isEmpty();
        }
        call("AddPermission", "Label=l&AWSAccountIds=111111111111&Actions.1=SendMessage&ActionName=ReceiveMessage");
        assertThat(attribute(queueUrl, QueueAttributeName.POLICY)).contains("SQS:SendMessage", "SQS:ReceiveMessage");
    }

    @Test
    void dataThatIsNotUnderstoodIsRefused() throws IOException {
        for (String form : List.of(
                "MessageAttribut.1.Name=a&MessageAttribut.1.Value.DataType=String",
                "MessageAttribute.1.Name=a&MessageAttribute.1.Value.DataType=String&MessageAttribute.1.Value.StringValu=v",
                "MessageAttribute.1.Name=a&MessageAttribute.1.Value=v",
                "MessageAttribute.01.Name=a&MessageAttribute.01.Value.DataType=String&MessageAttribute.01.Value.StringValue=v",
                "MessageAttribute.\u0661.Name=a&MessageAttribute.\u0661.Value.DataType=String&MessageAttribute.\u0661.Value.StringValue=v",
                "MessageAttribute.1234567.Name=a&MessageAttribute.1234567.Value.DataType=String&MessageAttribute.1234567.Value.StringValue=v",
                "MessageBody.1=more",
                "DelaySeconds.1=5",
                "Attribute.1.Name=DelaySeconds&Attribute.1.Value=1",
                "SendMessageBatchRequestEntry.1.Id=a")) {
            refused("SendMessage", "MessageBody=m&" + form);
        }
        assertThat(attribute(queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("0");
    }

    @Test
    void parametersThatOldClientsAddAreIgnored() throws IOException {
        call(
                "SendMessage",
                "MessageBody=m&Version=2009-02-01&SignatureVersion=2&SignatureMethod=HmacSHA256&Timestamp=2009-02-01T00%3A00%3A00Z"
                        + "&AWSAccessKeyId=any&Expires=1&SecurityToken=t&ContentType=JSON");

        assertThat(attribute(queueUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
                .isEqualTo("1");
    }

    private Answer call(String action, String form) throws IOException {
        Answer answer = RawCall.form(server(), action, form(action, form));
        assertThat(answer.status()).as(form + ": " + answer.message()).isEqualTo(200);
        return answer;
    }

    private void refused(String action, String form) throws IOException {
        assertThat(RawCall.form(server(), action, form(action, form)).code())
                .as(form)
                .isIn("MalformedInput", "MissingParameter");
    }

    private String form(String action, String form) {
        return "Action=" + action + (action.equals("CreateQueue") ? "" : "&QueueUrl=" + queueUrl) + "&" + form;
    }
}

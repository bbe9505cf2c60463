package dev.holdfast.producer.sending;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sqs.model.CreateQueueRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueAttributesRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Writes a call of this producer as the AWS CLI command that does the same, ready to be pasted into a shell. */
public record AwsCli(List<String> globalOptions) {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_./:=-]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    public String command(SdkRequest request) {
        var command = new StringBuilder("aws sqs ");
        switch (request) {
            case SendMessageBatchRequest send ->
                append(
                        command,
                        "send-message-batch",
                        "--queue-url",
                        send.queueUrl(),
                        "--entries",
                        entries(send.entries()).toString());
            case GetQueueUrlRequest get -> append(command, "get-queue-url", "--queue-name", get.queueName());
            case GetQueueAttributesRequest get ->
                append(
                        command,
                        "get-queue-attributes",
                        "--queue-url",
                        get.queueUrl(),
                        "--attribute-names",
                        String.join(" ", get.attributeNamesAsStrings()));
            case CreateQueueRequest create -> {
                append(command, "create-queue", "--queue-name", create.queueName());
                if (!create.attributes().isEmpty()) {
                    append(command, " --attributes", json(create.attributesAsStrings()));
                }
            }
            default ->
                throw new IllegalStateException(
                        "no CLI form for " + request.getClass().getSimpleName());
        }
        globalOptions.forEach(option -> command.append(' ').append(quote(option)));
        return command.toString();
    }

    private static void append(StringBuilder command, String first, String... words) {
        command.append(first);
        for (String word : words) {
            command.append(' ').append(quote(word));
        }
    }

    private static ArrayNode entries(List<SendMessageBatchRequestEntry> entries) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (SendMessageBatchRequestEntry entry : entries) {
            ObjectNode node = array.addObject().put("Id", entry.id()).put("MessageBody", entry.messageBody());
            ObjectNode attributes = node.putObject("MessageAttributes");
            entry.messageAttributes()
                    .forEach((name, value) -> attributes
                            .putObject(name)
                            .put("DataType", value.dataType())
                            .put("StringValue", value.stringValue()));
        }
        return array;
    }

    private static String json(Map<String, String> values) {
        return JSON.valueToTree(values).toString();
    }

    private static String quote(String word) {
        return NEEDS_NO_QUOTES.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}

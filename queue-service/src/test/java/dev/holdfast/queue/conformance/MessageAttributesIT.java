package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Types, names and values of message attributes, and their checksum. */
class MessageAttributesIT extends Conformance {

    @Test
    void stringArrives() {
        assertArrives(text("String", "hello <&> \r\n €"));
    }

    @Test
    void numberArrivesAsItWasWritten() {
        assertArrives(text("Number", "007.50"));
    }

    @Test
    void binaryArrives() {
        assertArrives(binary("Binary", 0, 1, 127, 128, 255));
    }

    @Test
    void typeMayHaveALabel() {
        assertArrives(text("String.json", "{}"));
        assertArrives(text("Number.euro", "12.50"));
        assertArrives(binary("Binary.png.v2", 1));
    }

    @Test
    void tenAttributesAreAccepted() {
        sendWith(attributes(10));

        assertThat(receiveOne().messageAttributes()).hasSize(10);
    }

    @Test
    void elevenAttributesAreRefused() {
        assertRefused("InvalidParameterValue", () -> sendWith(attributes(11)))
                .isEqualTo("Number of message attributes [11] exceeds the allowed maximum [10].");
    }

    @Test
    void nameOf256OfTheAllowedCharactersIsAccepted() {
        String name = "Az09_-." + "x".repeat(249);
        sendWith(Map.of(name, text("String", "y")));

        assertThat(receiveOne().messageAttributes()).containsKey(name);
    }

    @Test
    void nameOf257CharactersIsRefused() {
        assertRefusedName("x".repeat(257));
    }

    @Test
    void nameWithOtherCharactersIsRefused() {
        for (String name : List.of("a b", "a/b", "a:b", "a*")) {
            assertRefusedName(name);
        }
    }

    @Test
    void nameThatBeginsOrEndsWithAPeriodOrHasTwoInARowIsRefused() {
        for (String name : List.of(".a", "a.", "a..b")) {
            assertRefusedName(name);
        }
    }

    @Test
    void namesBeginningWithAwsOrAmazonAreReservedInAnyCase() {
        for (String name : List.of("AWS.x", "aws.x", "aWs.x", "Amazon.x", "AMAZON.x")) {
            assertRefusedName(name);
        }
    }

    @Test
    void namesThatOnlyResembleTheReservedAreAccepted() {
        sendWith(
                Map.of("AWSx", text("String", "y"), "Amazonas.x", text("String", "y"), "x.AWS.y", text("String", "y")));

        assertThat(receiveOne().messageAttributes()).hasSize(3);
    }

    @Test
    void namesAreCaseSensitive() {
        sendWith(Map.of("a", text("String", "lower"), "A", text("String", "upper")));

        assertThat(receiveOne().messageAttributes()).hasSize(2);
    }

    @Test
    void unknownTypeIsRefused() {
        for (String type : List.of("Text", "string", "STRING", "Number2", ".String")) {
            assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", text(type, "1"))))
                    .contains("the set of supported type prefixes is Binary, Number, and String");
        }
    }

    @Test
    void missingOrEmptyTypeIsRefused() {
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", text("", "x"))))
                .contains("'a'");
        assertRefused(
                "MissingParameter",
                () -> sendWith(Map.of(
                        "a", MessageAttributeValue.builder().stringValue("x").build())));
    }

    @Test
    void emptyOrMissingValueIsRefused() {
        for (MessageAttributeValue value : List.of(
                text("String", ""),
                text("Number", ""),
                binary("Binary"),
                MessageAttributeValue.builder().dataType("String").build())) {
            assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", value)))
                    .contains("must contain a non-empty value of type ");
        }
    }

    @Test
    void valueOfTheOtherKindIsRefused() {
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", text("Binary", "x"))));
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", binary("String", 1))));
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", binary("Number", 1))));
    }

    @Test
    void forbiddenCharacterInAValueIsRefused() {
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", text("String", "\u0008"))))
                .startsWith(
                        "Invalid binary character '#x8' was found in the value of the message (user) attribute 'a'");
    }

    @Test
    void numberOf38DigitsIsAccepted() {
        assertArrives(text("Number", "-" + "1".repeat(38)));
        assertArrives(text("Number", "1e126"));
    }

    @Test
    void numberOfMoreDigitsOrAnotherMagnitudeIsRefused() {
        for (String number : List.of("1".repeat(39), "1e129", "1e999999999", "-1e-999999999")) {
            assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", text("Number", number))));
        }
    }

    @Test
    void numberThatIsNoneIsRefused() {
        for (String number : List.of("one", "1,5", "0x10", "NaN", "Infinity", "1 ", "--1")) {
            assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", text("Number", number))))
                    .isEqualTo("Can't cast the value of message (user) attribute 'a' to a number.");
        }
    }

    @Test
    void listsOfValuesAreReserved() {
        assertRefused(
                "AWS.SimpleQueueService.UnsupportedOperation",
                () -> sendWith(Map.of(
                        "a",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringListValues("x", "y")
                                .build())));
        assertRefused(
                "AWS.SimpleQueueService.UnsupportedOperation",
                () -> sendWith(Map.of(
                        "a",
                        MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryListValues(SdkBytes.fromUtf8String("x"))
                                .build())));
    }

    @Test
    void md5OfAStringIsTheKnownOne() {
        assertMd5("19e27d4e946b072f3f58da80d94fd778", Map.of("attribName1", text("String", "attribValue 1")));
    }

    @Test
    void md5OfSeveralKindsIsTheOneOfTheDeveloperGuide() {
        Map<String, MessageAttributeValue> attributes = Map.of(
                "b", text("Number.float", "1.50"),
                "a", text("String.label", "ä"),
                "C", binary("Binary", 0, 255),
                "c.d", text("String", "\r\n"));

        assertMd5(Md5.ofAttributes(attributes), attributes);
    }

    @Test
    void nameMayHaveLettersBeyondAscii() {
        Map<String, MessageAttributeValue> attributes = Map.of("attr.1\u00f8\u00df\u00e4", text("String", "v"));

        assertMd5(Md5.ofAttributes(attributes), attributes);
    }

    @Test
    void numberIsOfAsciiDigits() {
        for (String number : List.of("\u0665", "1\u0966", "\uff11", "\u0665.5")) {
            assertRefused("InvalidParameterValue", () -> sendWith(Map.of("a", text("Number", number))))
                    .isEqualTo("Can't cast the value of message (user) attribute 'a' to a number.");
        }
    }

    @Test
    void nameWithPunctuationIsRefused() {
        for (String other : List.of("!", "\"", "\u00a7", "(", "?", " ", "\u20ac", "\u0665", "\u200b", "\ud83d\ude00")) {
            assertRefusedName("Invalid-" + other + "-attr");
        }
    }

    @Test
    void emptyValueIsRefusedInTheRecordedWords() {
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of("ErrorDetails", text("String", ""))))
                .isEqualTo("Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.");
    }

    private void assertMd5(String md5, Map<String, MessageAttributeValue> attributes) {
        String answered = sqs.sendMessage(
                        request -> request.queueUrl(queueUrl).messageBody("b").messageAttributes(attributes))
                .md5OfMessageAttributes();
        Message message = receiveOne();

        assertThat(answered).isEqualTo(md5);
        assertThat(message.md5OfMessageAttributes()).isEqualTo(md5);
        assertThat(message.messageAttributes()).isEqualTo(attributes);
    }

    private void assertArrives(MessageAttributeValue value) {
        sendWith(Map.of("name", value));
        assertThat(receiveOne().messageAttributes()).containsExactly(Map.entry("name", value));
    }

    private void assertRefusedName(String name) {
        assertRefused("InvalidParameterValue", () -> sendWith(Map.of(name, text("String", "y"))));
    }

    private static Map<String, MessageAttributeValue> attributes(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "a" + i, i -> text("String", "y")));
    }
}

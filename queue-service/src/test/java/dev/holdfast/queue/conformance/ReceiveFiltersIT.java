package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/** Which message attributes a receive returns, and over which the checksum is. */
class ReceiveFiltersIT extends Conformance {
    private final Map<String, MessageAttributeValue> sent = Map.of(
            "price.euro", text("Number.euro", "12.50"),
            "price.dollar", text("Number", "13"),
            "prices", text("Number", "2"),
            "note", text("String", "hello"),
            "picture", binary("Binary.png", 0, 1, 255));

    @BeforeEach
    void sendOne() {
        sendWith(sent);
    }

    @Test
    void noNamesReturnNothingAndNoChecksum() {
        Message message = receiveAsking();

        assertThat(message.hasMessageAttributes()).isFalse();
        assertThat(message.md5OfMessageAttributes()).isNull();
    }

    @Test
    void allReturnsAll() {
        assertThat(receiveAsking("All").messageAttributes()).isEqualTo(sent);
    }

    @Test
    void periodAsteriskReturnsAll() {
        assertThat(receiveAsking(".*").messageAttributes()).isEqualTo(sent);
    }

    @Test
    void asteriskReturnsAll() {
        assertThat(receiveAsking("*").messageAttributes()).isEqualTo(sent);
    }

    @Test
    void nameReturnsThatAttribute() {
        assertThat(receiveAsking("note").messageAttributes())
                .containsExactly(Map.entry("note", text("String", "hello")));
    }

    @Test
    void severalNamesReturnTheirUnion() {
        assertThat(receiveAsking("note", "prices", "note").messageAttributes()).containsOnlyKeys("note", "prices");
    }

    @Test
    void prefixReturnsWhatBeginsWithIt() {
        // Recorded: the point belongs to the pattern.
        assertThat(receiveAsking("price.*").messageAttributes())
                .containsOnlyKeys("price.euro", "price.dollar", "prices");
    }

    @Test
    void prefixMayEndInsideAWord() {
        assertThat(receiveAsking("pric.*").messageAttributes())
                .containsOnlyKeys("price.euro", "price.dollar", "prices");
        sendOne();
        assertThat(receiveAsking("price.e.*", "not.*").messageAttributes()).containsOnlyKeys("price.euro", "note");
        sendOne();
        assertThat(receiveAsking("euro.*").hasMessageAttributes()).isFalse();
    }

    @Test
    void namesAreCaseSensitive() {
        assertThat(receiveAsking("Note").hasMessageAttributes()).isFalse();
    }

    @Test
    void unknownNamesAreIgnored() {
        assertThat(receiveAsking("unknown", "note").messageAttributes()).containsOnlyKeys("note");
    }

    @Test
    void illegalNamesAreIgnored() {
        assertThat(receiveAsking("a b", "..", "AWS.x", "ä", "note").messageAttributes())
                .containsOnlyKeys("note");
    }

    @Test
    void checksumIsOverTheReturnedAttributesOnly() {
        Message message = receiveAsking("price.*", "picture");

        assertThat(message.messageAttributes()).hasSize(4);
        assertThat(message.md5OfMessageAttributes()).isEqualTo(Md5.ofAttributes(message.messageAttributes()));
    }

    @Test
    void binaryAttributeIsReturnedAsBytes() {
        assertThat(receiveAsking("picture").messageAttributes())
                .containsExactly(Map.entry("picture", binary("Binary.png", 0, 1, 255)));
    }

    private Message receiveAsking(String... names) {
        return sqs.receiveMessage(request -> request.queueUrl(queueUrl).messageAttributeNames(names))
                .messages()
                .getFirst();
    }
}

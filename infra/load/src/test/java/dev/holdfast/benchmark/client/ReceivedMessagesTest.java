package dev.holdfast.benchmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceivedMessagesTest {
    @Test
    void findsBodyAndHandleInAnyOrderOfMembers() {
        assertThat(read("""
                        {"Messages":[{"Body":"ab","MD5OfBody":"m","MessageId":"i","ReceiptHandle":"h#1"},\
                        {"MessageId": "i2", "ReceiptHandle": "h2", "MD5OfBody": "m", "Body": "cd"}]}""")).containsExactly("ab h#1", "cd h2");
    }

    @Test
    void aBodyOfAnotherLengthThanExpectedIsReadToItsEnd() {
        assertThat(read("{\"Messages\":[{\"Body\":\"a \\\"quoted\\\" }word\",\"ReceiptHandle\":\"h\"}]}"))
                .containsExactly("a \\\"quoted\\\" }word h");
    }

    @Test
    void anEmptyAnswerHasNoMessages() {
        assertThat(read("{}")).isEmpty();
        assertThat(read("{\"Messages\":[]}")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    private static List<String> read(String answer) {
        Response response = TestResponses.ok(answer);
        ReceivedMessages messages = new ReceivedMessages();
        messages.read(response, 2);
        List<String> found = new ArrayList<>();
        while (messages.next()) {
            found.add(text(response, messages.bodyStart(), messages.bodyEnd()) + " "
                    + text(response, messages.handleStart(), messages.handleEnd()));
        }
        return found;
    }

    private static String text(Response response, int from, int to) {
        return new String(response.bytes(), from, to - from, StandardCharsets.UTF_8);
    }
}

package dev.holdfast.benchmark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResponseTest {
    private static final String TEXT =
            "HTTP/1.1 403 Forbidden\r\nServer: x\r\ncOnTeNt-LeNgTh:  5 \r\nConnection: keep-alive\r\n\r\nhello";

    @Test
    void isCompleteWithItsLastByteHoweverItIsCut() {
        for (int cut = 1; cut < TEXT.length(); cut++) {
            Response response = new Response();

            boolean early = TestResponses.feed(response, TEXT.substring(0, cut));
            boolean complete = TestResponses.feed(response, TEXT.substring(cut));

            assertThat(early).isFalse();
            assertThat(complete).isTrue();
            assertThat(response.status()).isEqualTo(403);
            assertThat(response.excerpt()).isEqualTo("hello");
        }
    }

    @Test
    void growsWithTheAnswer() {
        String body = "b".repeat(700_000);

        Response response = TestResponses.ok(body);

        assertThat(response.bodyEnd() - response.bodyStart()).isEqualTo(body.length());
    }

    @Test
    void aResponseWithoutLengthIsRefusedWithItsHead() {
        assertThatThrownBy(() -> TestResponses.parsed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Transfer-Encoding: chunked");
    }
}

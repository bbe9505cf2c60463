package dev.holdfast.queue.http.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.wire.HttpMessage;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AWS's published test suite for Signature Version 4 (service "service", us-east-1, 30 August 2015, 12:36:00). */
class SigV4VectorsTest {
    private static final byte[] NO_BODY = new byte[0];

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            get-vanilla                          | GET  | / | -                         | 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31
            post-vanilla                         | POST | / | -                         | 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b
            get-vanilla-query-order-key-case     | GET  | / | Param2=value2&Param1=value1 | b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500
            """)
    void publishedSignaturesAreReproduced(
            String name, String method, String path, @Nullable String query, String expected) {
        MultiMap headers =
                SignedRequests.headers("Host", "example.amazonaws.com", "X-Amz-Date", SignedRequests.DATE_TIME);

        HttpMessage signed = SignedRequests.signed(
                new HttpMessage(method, path, query, headers, NO_BODY), "service", "host;x-amz-date");

        assertThat(signed.headers().get("Authorization")).as(name).endsWith("Signature=" + expected);
    }

    @Test
    void theCanonicalRequestOfTheDocumentationHasItsPublishedHash() {
        MultiMap headers = SignedRequests.headers(
                "Host", "iam.amazonaws.com",
                "Content-Type", "application/x-www-form-urlencoded; charset=utf-8",
                "X-Amz-Date", SignedRequests.DATE_TIME);
        HttpMessage message = new HttpMessage("GET", "/", "Action=ListUsers&Version=2010-05-08", headers, NO_BODY);

        HttpMessage signed = SignedRequests.signed(message, "iam", "content-type;host;x-amz-date");

        Signature signature = SignedRequests.signatureOf(signed);
        String canonical = new CanonicalRequest(signed, signature).text(hash(""));
        assertThat(hash(canonical)).isEqualTo("f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59");
        assertThat(signature.signature()).isEqualTo("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    @Test
    void theSigningKeyOfTheDocumentationIsDerived() {
        byte[] key = new SigningKeys().of(SignedRequests.SECRET, "20150830", "us-east-1", "iam");

        assertThat(HexFormat.of().formatHex(key))
                .isEqualTo("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /                       | /
            //                      | /
            /./                     | /
            /example/..             | /
            /example1/example2/../..| /
            //example//             | /example/
            /./example              | /example
            /example%20space/       | /example%2520space/
            /000000000000/q.fifo    | /000000000000/q.fifo
            """)
    void pathsAreNormalisedAndEncodedOnceMore(String path, String canonical) {
        assertThat(UriEncoding.canonicalPath(path)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Param1=value2&Param1=Value1      | Param1=Value1&Param1=value2
            Param-3=Value3&Param=Value2      | Param=Value2&Param-3=Value3
            a=b+c&a=%7e%2F                   | a=b%20c&a=~%2F
            %E1%88%B4=bar                    | %E1%88%B4=bar
            b&a=                             | a=&b=
            X-Amz-Signature=1&a=1            | a=1
            """)
    void queriesAreEncodedAnewAndSorted(String query, String canonical) {
        assertThat(QueryString.canonical(query)).isEqualTo(canonical);
    }

    @Test
    void headersAreTrimmedFoldedAndJoined() {
        MultiMap headers = SignedRequests.headers(
                "Host",
                "example.amazonaws.com",
                "My-Header1",
                "  value4  ",
                "My-Header1",
                "a   b",
                "X-Amz-Date",
                SignedRequests.DATE_TIME);
        HttpMessage message = SignedRequests.withAuthorization(
                new HttpMessage("GET", "/", null, headers, NO_BODY),
                "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request",
                "host;my-header1;x-amz-date",
                "0");

        Signature signature = SignedRequests.signatureOf(message);
        assertThat(new CanonicalRequest(message, signature).text("h"))
                .isEqualTo(
                        "GET\n/\n\nhost:example.amazonaws.com\nmy-header1:value4,a b\nx-amz-date:20150830T123600Z\n\n"
                                + "host;my-header1;x-amz-date\nh");
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(Hashes.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }
}

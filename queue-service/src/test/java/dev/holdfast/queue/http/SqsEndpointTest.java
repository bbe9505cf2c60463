package dev.holdfast.queue.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqsEndpointTest {
    private static final Result.OfReceiveMessage ONE_MESSAGE = new Result.OfReceiveMessage(
            List.of(new Result.ReceivedMessage("id", "handle", "md5", "body", Map.of(), null, Map.of())));

    private WireServer server = new WireServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void otherRoutesOfTheServerAreReached() throws Exception {
        var answer = server.send("GET", "/q/health", HttpRequest.BodyPublishers.noBody(), List.of());

        assertThat(answer.body()).isEqualTo("UP");
        assertThat(SqsEndpoint.isServed("/_holdfast/ledger")).isFalse();
        assertThat(SqsEndpoint.isServed("/_aws/sqs/messages")).isFalse();
        assertThat(SqsEndpoint.isServed("/000000000000/price-events")).isTrue();
        assertThat(SqsEndpoint.isServed("/000000000000")).isFalse();
        assertThat(SqsEndpoint.isServed("/a/b/c")).isFalse();
    }

    @Test
    void queueUrlsStartWithTheHostTheClientUsedUnlessAPublicUrlIsSet() throws Exception {
        server.json("ListQueues", "{}");
        assertThat(server.calls.take().baseUrl()).isEqualTo("http://127.0.0.1:" + server.port());

        server.close();
        server = new WireServer(Duration.ofSeconds(30), Optional.of("https://queue.example/"));
        server.json("ListQueues", "{}");
        assertThat(server.calls.take().baseUrl()).isEqualTo("https://queue.example");
    }

    @Test
    void aBodyInManyPiecesIsPutTogetherAndOneThatIsTooLongRefused() throws Exception {
        byte[] text = new byte[1024 * 1024];
        Arrays.fill(text, (byte) 'x');
        String body = new String(text, StandardCharsets.US_ASCII);
        String json = "{\"QueueUrl\":\"q\",\"MessageBody\":\"" + body + "\"}";
        server.json("SendMessage", json);
        assertThat(((Request.SendMessage) server.requests.take()).messageBody()).isEqualTo(body);

        var tooLong = server.json("SendMessage", json.replace(body, body.repeat(9)));

        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(tooLong.body()).contains("holdfast.limits.max-body-bytes");
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aBrowserThatNamesNoPageChangesNothing() throws Exception {
        String send = "/?Action=SendMessage&MessageBody=x&QueueUrl=q";
        List<String> image = List.of("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)", "Accept", "image/avif,*/*");

        assertThat(get(send, image).body()).contains("AccessDenied");
        assertThat(get("/?Action=ReceiveMessage&QueueUrl=q", image).statusCode())
                .isEqualTo(403);
        assertThat(server.requests).isEmpty();

        assertThat(get("/?Action=ListQueues", image).statusCode()).isEqualTo(200);
        assertThat(get(send, with(image, "Sec-Fetch-Site", "none")).statusCode())
                .isEqualTo(200);
        assertThat(get(send, with(image, "Authorization", "AWS4-HMAC-SHA256 x")).statusCode())
                .isEqualTo(200);
        assertThat(get(send, List.of("User-Agent", "curl/8.5.0", "Accept", "*/*"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(send, List.of("User-Agent", "Mozilla/5.0 (Windows NT) WindowsPowerShell/5.1"))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> get(String path, List<String> headers) throws Exception {
        return server.send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    private static List<String> with(List<String> headers, String name, String value) {
        return Stream.concat(headers.stream(), Stream.of(name, value)).toList();
    }

    @Test
    void aClientThatLeavesALongPollIsKnownToBeGone() throws Exception {
        server.answer = new CompletableFuture<>();
        CountDownLatch gone = new CountDownLatch(1);
        Call call;
        try (Socket socket = receive()) {
            assertThat(socket.isConnected()).isTrue();
            call = server.calls.take();
            assertThat(call.connection().isGone()).isFalse();
            call.connection().onGone(gone::countDown);
            assertThat(gone.getCount()).isOne();
        }

        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(call.connection().isGone()).isTrue();
        CountDownLatch atOnce = new CountDownLatch(1);
        call.connection().onGone(atOnce::countDown);
        assertThat(atOnce.getCount()).isZero();
    }

    @Test
    void messagesWhoseReceiverHasLeftAreGivenBack() throws Exception {
        server.answer = new CompletableFuture<>();
        CountDownLatch gone = new CountDownLatch(1);
        try (Socket socket = receive()) {
            assertThat(socket.isConnected()).isTrue();
            server.calls.take().connection().onGone(gone::countDown);
        }
        assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();

        server.answer.complete(ONE_MESSAGE);

        assertThat(server.returned.poll(10, TimeUnit.SECONDS)).isEqualTo(ONE_MESSAGE);
    }

    @Test
    void anAnswerFromAnotherThreadReachesItsClientAndNothingIsGivenBack() throws Exception {
        server.answer = new CompletableFuture<>();
        CompletableFuture<Result> pending = server.answer;
        Thread writer = Thread.ofPlatform().start(() -> {
            server.calls.poll();
            pending.complete(ONE_MESSAGE);
        });

        assertThat(server.json("ReceiveMessage", "{\"QueueUrl\":\"q\"}").body()).contains("\"Body\":\"body\"");
        writer.join();
        assertThat(server.returned).isEmpty();
    }

    @Test
    void aBodyThatDripsInIsCutOff() throws Exception {
        server.close();
        server = new WireServer(Duration.ofMillis(200), Optional.empty());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(10_000);
            write(
                    socket,
                    "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AmazonSQS.ListQueues\r\nContent-Length: 10\r\n\r\n{");

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket receive() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        write(
                socket,
                "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AmazonSQS.ReceiveMessage\r\nContent-Length: 16\r\n\r\n"
                        + "{\"QueueUrl\":\"q\"}");
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}

package dev.holdfast.queue.conformance;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Long polls whose client has gone take nothing, and what could not be handed over comes back at once. */
class GoneClientsIT extends Conformance {

    @Test
    void pollWhoseClientHasClosedItsConnectionTakesNoMessage() throws IOException {
        try (Socket socket = park()) {
            assertThat(socket.isConnected()).isTrue();
        }
        awaitParked(0);

        send("for those who are there");

        assertThat(receiveOne().attributesAsStrings()).containsEntry("ApproximateReceiveCount", "1");
    }

    @Test
    void pollWhoseConnectionWasResetTakesNoMessage() throws IOException {
        try (Socket socket = park()) {
            socket.setSoLinger(true, 0);
        }
        awaitParked(0);

        send("for those who are there");

        assertThat(receiveOne().attributesAsStrings()).containsEntry("ApproximateReceiveCount", "1");
    }

    @Test
    void pollBehindOneWhoseClientHasGoneIsServed() throws IOException {
        try (Socket gone = park()) {
            assertThat(gone.isConnected()).isTrue();
        }
        var poll = poll(20);
        awaitParked(1);

        send("m");

        assertThat(poll).succeedsWithin(DEADLINE);
        assertThat(poll.join()).extracting(Message::body).containsExactly("m");
    }

    /** Ten messages of 900 KB are more than the sockets' buffers hold, so the answer cannot be written whole. */
    @Test
    void messagesWhoseAnswerCannotBeWrittenComeBackAtOnce() throws IOException {
        set(QueueAttributeName.VISIBILITY_TIMEOUT, "43200");
        for (int i = 0; i < 10; i++) {
            send("x".repeat(900_000));
        }
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(1_024);
            socket.connect(new InetSocketAddress("localhost", server().url().getPort()));
            request(socket, 0);
            await("ten are in flight").until(() -> inFlight() == 10);
            socket.setSoLinger(true, 0);
        }

        await("ten wait again").until(() -> waiting() == 10);
        assertThat(inFlight()).isZero();
    }

    /** A long poll of ten messages on a connection of its own, waiting in the server when this returns. */
    private Socket park() throws IOException {
        Socket socket = new Socket("localhost", server().url().getPort());
        request(socket, 20);
        awaitParked(1);
        return socket;
    }

    private void request(Socket socket, int waitSeconds) throws IOException {
        String form = "Action=ReceiveMessage&MaxNumberOfMessages=10&WaitTimeSeconds=" + waitSeconds;
        String json = "{\"QueueUrl\":\"" + queueUrl + "\",\"MaxNumberOfMessages\":10,\"WaitTimeSeconds\":" + waitSeconds
                + "}";
        String request = wire == Wire.QUERY
                ? head(
                        queueUrl.substring(server().url().toString().length()),
                        form,
                        "application/x-www-form-urlencoded",
                        "")
                : head("/", json, "application/x-amz-json-1.0", "X-Amz-Target: AmazonSQS.ReceiveMessage\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String head(String path, String body, String contentType, String more) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + contentType + "\r\n" + more
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}

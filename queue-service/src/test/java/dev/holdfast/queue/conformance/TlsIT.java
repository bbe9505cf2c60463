package dev.holdfast.queue.conformance;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.Sqs;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The server speaks TLS once it is told where its certificate is. */
class TlsIT {
    private static final String PASSWORD = "changeit";

    private static final double MORE_THAN_A_PLAIN_GET = 2_000;

    @TempDir
    private Path folder;

    @Test
    void aBodyLongerThanOneRecordOfTlsArrivesWhole() throws Exception {
        int port = Ports.free();
        Path keys = generateKeys();
        String body = "é".repeat(400_000);
        try (var server = new ServerProcess(
                        folder,
                        "-Dquarkus.http.ssl-port=" + port,
                        "-Dquarkus.http.ssl.certificate.key-store-file=" + keys,
                        "-Dquarkus.http.ssl.certificate.key-store-password=" + PASSWORD);
                SqsClient sqs = client(port, keys)) {
            // Both ports open independently of each other, and the server is known to be ready by the other one.
            await("TLS is served").atMost(Duration.ofSeconds(30)).until(() -> accepts(port));
            String url = sqs.createQueue(r -> r.queueName("tls")).queueUrl();

            sqs.sendMessage(r -> r.queueUrl(url).messageBody(body));

            assertThat(url).startsWith("https://localhost:" + port);
            assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.body()).isEqualTo(body));
            assertThat(server.isAlive()).isTrue();

            CompletableFuture<?> poll = CompletableFuture.runAsync(
                    () -> sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(20)));
            await("what the head of a poll occupies is counted")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> server.metric("holdfast_head_bytes_in_hand_bytes") > MORE_THAN_A_PLAIN_GET);
            sqs.sendMessage(r -> r.queueUrl(url).messageBody("ends the wait"));
            poll.join();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket("localhost", port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private Path generateKeys() {
        Path keys = folder.resolve("keys.p12");
        Program keytool = Program.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "queue",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
        Program.Outcome made = keytool.run(Duration.ofMinutes(1));
        assertThat(made.exitCode()).as(made.output()).isZero();
        return keys;
    }

    private static SqsClient client(int port, Path keys) {
        return Sqs.builder(URI.create("https://localhost:" + port))
                .httpClientBuilder(UrlConnectionHttpClient.builder().tlsTrustManagersProvider(() -> trusting(keys)))
                .build();
    }

    private static TrustManager[] trusting(Path keys) {
        try {
            KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("queue", store.getCertificate("queue"));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

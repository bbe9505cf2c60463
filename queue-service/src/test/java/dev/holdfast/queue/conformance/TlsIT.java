package dev.holdfast.queue.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The server speaks TLS once it is told where its certificate is. */
class TlsIT {
    private static final String PASSWORD = "changeit";

    private static final double MORE_THAN_A_PLAIN_GET = 2_000;

    @TempDir
    private Path folder;

    @Test
    void aBodyLongerThanOneRecordOfTlsArrivesWhole() throws Exception {
        int port = freePort();
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

    private Path generateKeys() throws IOException, InterruptedException {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
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
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.exists(keys)).isTrue();
        return keys;
    }

    private static SqsClient client(int port, Path keys) {
        return SqsClient.builder()
                .endpointOverride(URI.create("https://localhost:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
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

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}

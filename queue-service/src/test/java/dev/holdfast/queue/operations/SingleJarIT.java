package dev.holdfast.queue.operations;

import static dev.holdfast.harness.Deadline.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Ports;
import dev.holdfast.harness.Program;
import dev.holdfast.harness.RunningProgram;
import dev.holdfast.harness.Sqs;
import dev.holdfast.harness.Web;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The one file that is released beside the packages: {@code java -jar} in an empty folder. */
class SingleJarIT {
    private static final int CLASS_FILE_OF_JAVA_21 = 65;

    private static Path jar;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            var found = built.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst();
            assumeTrue(found.isPresent(), "the single jar is built with -Dsingle-jar only");
            jar = found.get().toAbsolutePath();
        }
    }

    @Test
    void servesFromAnEmptyFolderAndKeepsItsDataThere() {
        int port = Ports.free();
        Program program = Program.java(List.of("-jar", jar.toString()))
                .with(Map.of("QUEUE_PORT", Integer.toString(port)))
                .in(folder);

        try (RunningProgram first = program.start(folder.resolve("log"));
                SqsClient sqs = Sqs.client(URI.create("http://127.0.0.1:" + port))) {
            awaitReady(first, port);
            String queue = sqs.createQueue(request -> request.queueName("kept")).queueUrl();
            sqs.sendMessage(request -> request.queueUrl(queue).messageBody("in the folder"));
            assertThat(first.stop()).as(first.printed()).isZero();
            assertThat(folder.resolve("data/queue.db")).exists();

            try (RunningProgram second = program.start(folder.resolve("log"))) {
                awaitReady(second, port);
                assertThat(sqs.receiveMessage(request -> request.queueUrl(queue))
                                .messages())
                        .extracting(Message::body)
                        .containsExactly("in the folder");
                assertThat(second.printed()).doesNotContain("WARNING").contains("Listening on");
            }
        }
    }

    /** Tests run on the JDK that is there; this holds for the oldest that is promised. */
    @Test
    void holdsNoClassThatJava21CannotLoad() throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            assertThat(zip.stream()
                            .filter(entry -> entry.getName().endsWith(".class")
                                    && !entry.getName().startsWith("META-INF/versions/"))
                            .toList())
                    .hasSizeGreaterThan(1_000)
                    .allSatisfy(entry -> assertThat(classFileVersion(zip, entry))
                            .as(entry.getName())
                            .isLessThanOrEqualTo(CLASS_FILE_OF_JAVA_21));
        }
    }

    private static void awaitReady(RunningProgram program, int port) {
        Web web = new Web(port);
        await("the queue is ready").until(() -> {
            program.checkAlive();
            return web.answers("/q/health/ready");
        });
    }

    private static int classFileVersion(ZipFile zip, ZipEntry entry) {
        try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
            in.skipNBytes(Integer.BYTES + Short.BYTES);
            return in.readUnsignedShort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

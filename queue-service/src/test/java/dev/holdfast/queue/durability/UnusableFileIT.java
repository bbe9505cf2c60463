package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.queue.conformance.ServerProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Files that a server must not begin to use: it ends with a sentence that says what to do, and leaves them as they are. */
class UnusableFileIT {
    @TempDir
    Path folder;

    @Test
    void secondServerOnTheSameFileEndsAndTheFirstGoesOn() throws IOException {
        try (ServerProcess first = new ServerProcess(folder);
                SqsClient sqs = first.client()) {
            assertThatThrownBy(() -> new ServerProcess(folder))
                    .hasMessageContaining("Another queue-service uses")
                    .hasMessageContaining("HOLDFAST_DATA_DIR");

            String url = sqs.createQueue(request -> request.queueName("mine")).queueUrl();
            assertThat(sqs.sendMessage(request -> request.queueUrl(url).messageBody("on"))
                            .messageId())
                    .isNotEmpty();
        }
    }

    @Test
    void fileOfANewerVersionIsLeftAsItIs() throws Exception {
        ranOnce();
        execute("pragma user_version = 1000");

        assertRefused("was written by a newer Holdfast");
    }

    @Test
    void databaseOfSomethingElseIsLeftAsItIs() throws Exception {
        execute("create table somebody_elses (x)");

        assertRefused("is a database of something else");
    }

    @Test
    void fileThatIsNoDatabaseIsLeftAsItIs() throws Exception {
        Files.writeString(file(), "Dear diary, ".repeat(1_000));

        assertRefused("Cannot use");
    }

    @Test
    void truncatedFileIsLeftAsItIs() throws Exception {
        ranOnce();
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 3);
        }

        assertRefused("");
    }

    @Test
    void fileOnAReadOnlyFileSystemIsLeftAsItIsAndUsedOnceItCanBeWritten() throws IOException {
        try (SmallDisk disk = SmallDisk.mountedAt(folder.resolve("disk"), 48)) {
            String there = "-Dholdfast.data-dir=" + disk.folder();
            try (ServerProcess server = new ServerProcess(folder, there);
                    SqsClient sqs = server.client()) {
                String url =
                        sqs.createQueue(request -> request.queueName("stored")).queueUrl();
                sqs.sendMessage(request -> request.queueUrl(url).messageBody("kept"));
                server.kill();
            }
            disk.makeReadOnly();

            assertThatThrownBy(() -> new ServerProcess(folder, there))
                    .hasMessageContaining("queue-service did not start")
                    .hasMessageContaining("Cannot use " + disk.folder().resolve("queue.db"));

            disk.makeWritable();
            try (ServerProcess server = new ServerProcess(folder, there);
                    SqsClient sqs = server.client()) {
                String url =
                        sqs.getQueueUrl(request -> request.queueName("stored")).queueUrl();
                assertThat(sqs.receiveMessage(request -> request.queueUrl(url)).messages())
                        .singleElement()
                        .extracting(Message::body)
                        .isEqualTo("kept");
            }
        }
    }

    /** A server that was here, stopped in order, with its log folded into the file. */
    private void ranOnce() throws IOException {
        try (ServerProcess server = new ServerProcess(folder);
                SqsClient sqs = server.client()) {
            String url = sqs.createQueue(request -> request.queueName("stored")).queueUrl();
            sqs.sendMessage(request -> request.queueUrl(url).messageBody("x".repeat(100_000)));
            server.stop();
        }
        Files.delete(folder.resolve("log"));
    }

    private Path file() {
        return folder.resolve("queue.db");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void assertRefused(String sentence) throws IOException {
        byte[] before = Files.readAllBytes(file());

        assertThatThrownBy(() -> new ServerProcess(folder))
                .hasMessageContaining("queue-service did not start")
                .hasMessageContaining(sentence)
                .hasMessageNotContaining("event=ready");

        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }
}

package dev.holdfast.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.harness.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.util.VersionInfo;

/** The page on compatibility names the versions that the tests of this module run, as far as this repository chooses them. */
class CompatibilityTest {
    private static final Path PAGE = Repository.ROOT.resolve("queue-service/COMPATIBILITY.md");

    @Test
    void versionOfTheSdkForJava() throws IOException {
        assertVersion("AWS SDK for Java 2", VersionInfo.SDK_VERSION);
    }

    @Test
    void versionOfTheJmsLibrary() throws IOException {
        Properties pom = new Properties();
        try (InputStream file = JmsIT.class.getResourceAsStream(
                "/META-INF/maven/com.amazonaws/amazon-sqs-java-messaging-lib/pom.properties")) {
            pom.load(Objects.requireNonNull(file));
        }

        assertVersion("Amazon SQS Java Messaging Library", pom.getProperty("version"));
    }

    @Test
    void versionsOfTheClientsFromNpm() throws IOException {
        JsonNode packages = new ObjectMapper()
                .readTree(Repository.infra("clients/js/package-lock.json").toFile())
                .path("packages");

        assertVersion(
                "AWS SDK for JavaScript 3",
                packages.at("/node_modules~1@aws-sdk~1client-sqs/version").asText());
        assertVersion(
                "sqs-consumer",
                packages.at("/node_modules~1sqs-consumer/version").asText());
    }

    private static void assertVersion(String client, String version) throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| " + client))
                .toList();
        assertThat(rows)
                .as("rows of %s in %s", client, PAGE)
                .singleElement()
                .asString()
                .contains("| " + version + " |");
    }
}

package dev.holdfast.kit.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InternalsTest {
    private static final String WRITTEN_FOR = "Vert.x 4.5.27, Netty 4.1.133.Final";

    private static String vertxVersion() throws IOException {
        try (InputStream version =
                Objects.requireNonNull(InternalsTest.class.getResourceAsStream("/META-INF/vertx/vertx-version.txt"))) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Test
    void versionIsTheOneThatThisPackageWasWrittenFor() throws IOException {
        Version netty = Objects.requireNonNull(Version.identify().get("netty-codec-http"));
        String present = "Vert.x " + vertxVersion() + ", Netty " + netty.artifactVersion();

        assertThat(present)
                .as(
                        "This package, and http.netty of queue-service, replace Vert.x's decoder of HTTP/1 by one of their own and know what"
                                + " its handlers are called. Read HttpServerWorker, Http1xOrH2CHandler and VertxHttpRequestDecoder of Vert.x and"
                                + " HttpObjectDecoder of Netty for what has changed, run StrictHttpTest, RawHttpIT and ManyHeadsIT, then name the"
                                + " new version here.")
                .isEqualTo(WRITTEN_FOR);
    }
}

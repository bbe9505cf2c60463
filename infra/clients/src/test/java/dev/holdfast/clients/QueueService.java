package dev.holdfast.clients;

import dev.holdfast.harness.PackagedService;
import dev.holdfast.harness.Repository;
import dev.holdfast.harness.RunningService;
import dev.holdfast.harness.Service;
import dev.holdfast.harness.Sqs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The packaged queue-service as one process for all tests of this module, on a free port and a fresh folder. It is configured with
 * credentials, so that each client's signatures are verified.
 */
record QueueService(RunningService service) implements AutoCloseable {
    private static QueueService start() {
        PackagedService packaged = PackagedService.of(Service.QUEUE, freshFolder());
        for (Account account : Account.values()) {
            String prefix = "-Dholdfast.credentials." + account.name().toLowerCase(Locale.ROOT) + ".";
            packaged = packaged.with(
                    prefix + "access-key-id=" + account.accessKeyId,
                    prefix + "secret-access-key=" + account.secretAccessKey,
                    prefix + "account=" + account.number);
        }
        return new QueueService(packaged.start());
    }

    private static Path freshFolder() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Repository.infra("clients/target/queue-service")), "data-");
        } catch (IOException noFolder) {
            throw new UncheckedIOException(noFolder);
        }
    }

    URI endpoint() {
        return service.url();
    }

    /** A client as any program has it; the caller closes it. */
    SqsClient client(Account account) {
        return Sqs.builder(endpoint())
                .credentialsProvider(Sqs.credentials(account.accessKeyId, account.secretAccessKey))
                .build();
    }

    @Override
    public void close() {
        service.stop();
    }

    /** Gives the tests the one process, which the end of the last of them stops. */
    static final class Running implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == QueueService.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return Objects.requireNonNull(context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(QueueService.class, started -> start(), QueueService.class));
        }
    }
}

package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Program;
import dev.holdfast.harness.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A library of {@code src/test/native} that stands between a server under test and the system. */
final class PreloadedLibrary {
    private PreloadedLibrary() {}

    /**
     * Where it is, compiled if its source has changed. Skips the test where no C compiler is at hand, or the preloading of
     * libraries works otherwise than on Linux.
     */
    static synchronized String of(String name) throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "a library is preloaded on Linux only");
        Path source = Path.of("src", "test", "native", name + ".c");
        Path library = Path.of("target", "native", name + ".so");
        if (!Files.exists(library)
                || Files.getLastModifiedTime(library).compareTo(Files.getLastModifiedTime(source)) <= 0) {
            Files.createDirectories(library.getParent());
            assumeTrue(compile(source, library), name + " needs gcc (Debian: apt-get install gcc libc6-dev)");
        }
        return library.toAbsolutePath().toString();
    }

    private static boolean compile(Path source, Path library) {
        if (Programs.named("gcc").isEmpty()) {
            return false;
        }
        Program.Outcome gcc = Program.of("gcc", "-std=gnu17", "-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC")
                .and(List.of("-o", library.toString(), source.toString(), "-ldl", "-lpthread"))
                .run(Duration.ofMinutes(1));
        assertThat(gcc.exitCode()).as("gcc of %s: %s", source, gcc.output()).isZero();
        return true;
    }
}

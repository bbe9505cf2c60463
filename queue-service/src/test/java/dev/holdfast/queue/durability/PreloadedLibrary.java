package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

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
        try {
            Process gcc = new ProcessBuilder(
                            "gcc",
                            "-std=gnu17",
                            "-O1",
                            "-Wall",
                            "-Wextra",
                            "-Werror",
                            "-shared",
                            "-fPIC",
                            "-o",
                            library.toString(),
                            source.toString(),
                            "-ldl",
                            "-lpthread")
                    .inheritIO()
                    .start();
            assertThat(gcc.waitFor(1, TimeUnit.MINUTES)).as("gcc ends").isTrue();
            assertThat(gcc.exitValue()).as("gcc compiles %s", source).isZero();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException noGcc) {
            return false;
        }
    }
}

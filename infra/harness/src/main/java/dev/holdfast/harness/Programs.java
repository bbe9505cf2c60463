package dev.holdfast.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What is installed on this machine. */
public final class Programs {
    private Programs() {}

    /** Each program of this name: that of the system's packages, and the one that the PATH finds first where it is another. */
    public static List<Path> named(String name) {
        Map<Path, Path> found = new LinkedHashMap<>();
        String search = Objects.requireNonNullElse(System.getenv("PATH"), "");
        Stream<Path> onPath = Stream.of(search.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .limit(1);
        Stream.concat(Stream.of(Path.of("/usr/bin", name)).filter(Files::isExecutable), onPath)
                .forEach(program -> found.putIfAbsent(realPath(program), program));
        return List.copyOf(found.values());
    }

    private static Path realPath(Path program) {
        try {
            return program.toRealPath();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

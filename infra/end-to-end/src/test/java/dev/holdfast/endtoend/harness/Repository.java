package dev.holdfast.endtoend.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the scripts under test stand. */
public final class Repository {
    private static final Path ROOT = find(Path.of("").toAbsolutePath());

    private Repository() {}

    public static Path script(String name) {
        return ROOT.resolve("infra").resolve(name);
    }

    private static Path find(Path from) {
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("infra/run"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no infra/run above " + from);
    }
}

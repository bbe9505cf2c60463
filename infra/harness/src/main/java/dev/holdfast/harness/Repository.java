package dev.holdfast.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout under test, wherever in it the tests run. */
public final class Repository {
    public static final Path ROOT = find(Path.of("").toAbsolutePath());

    private Repository() {}

    /** A script or a folder of {@code infra}. */
    public static Path infra(String name) {
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

package dev.holdfast.clients;

import java.nio.file.Path;

/** Where things stand; Maven runs tests in the folder of their module. */
final class Repository {
    /** Of the clients that are scripts. */
    static final Path MODULE = Path.of("").toAbsolutePath();

    static final Path ROOT = MODULE.resolve("../..").normalize();

    private Repository() {}
}

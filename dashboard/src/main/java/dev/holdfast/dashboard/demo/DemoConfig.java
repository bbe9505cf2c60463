package dev.holdfast.dashboard.demo;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the dashboard may start and kill processes. */
@ConfigMapping(prefix = "dashboard.lab")
public interface DemoConfig {
    /** The path of infra/demo, which sets it itself; unset, the pages show the command to type instead. */
    Optional<Path> command();
}

package dev.holdfast.queue.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What can be set; nothing needs to be. */
@ConfigMapping(prefix = "holdfast")
public interface ServerConfig {
    /** The folder of the database. */
    @WithDefault("data")
    Path dataDir();

    /** Where backups are written that are made while the server runs; by default the folder "backups" beside the database. */
    Optional<Path> backupDir();

    /** In ARNs, and the one that SDKs are configured with when they talk to this server. */
    @WithDefault("us-east-1")
    String region();

    /** The owner's account, twelve digits. */
    @WithDefault("000000000000")
    String account();

    /** Scheme, host and port in queue URLs; when absent, those of each request, which every client can reach. */
    Optional<String> publicUrl();

    /**
     * With less space than this on the disk, sends are refused while receives and deletes go on; half of it, at most 32 MiB,
     * is taken at once, for deletes on a full disk. When absent, 5 % of the disk: at least 16 MiB (a quarter of a disk smaller
     * than 64 MiB), at most 1 GiB.
     */
    Optional<MemorySize> diskReserve();

    /** Whether 60 seconds must pass between purges, and between deleting a queue and creating its namesake, as on AWS. */
    @WithDefault("false")
    boolean strictTiming();

    /** For tests of what needs hours: lets them move the time; see {@code TestClock}. */
    @WithDefault("false")
    boolean testClock();
}

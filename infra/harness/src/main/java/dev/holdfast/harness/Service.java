package dev.holdfast.harness;

import java.nio.file.Path;

/** The four services, as the scripts name them. */
public enum Service {
    QUEUE("queue-service", "QUEUE_PORT"),
    PRODUCER("analytics-producer", "PRODUCER_PORT"),
    CONSUMER("analytics-consumer", "CONSUMER_PORT"),
    DASHBOARD("dashboard", "DASHBOARD_PORT");

    private final String folder;
    private final String portSetting;

    Service(String folder, String portSetting) {
        this.folder = folder;
        this.portSetting = portSetting;
    }

    public String folder() {
        return folder;
    }

    /** The environment variable that chooses its port. */
    public String portSetting() {
        return portSetting;
    }

    /** What the build makes of it. */
    Path target() {
        return Repository.ROOT.resolve(folder).resolve("target");
    }
}

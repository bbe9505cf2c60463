package dev.holdfast.consumer;

import java.nio.file.Path;

/** Where the consumer's files live: {@code HOLDFAST_DATA_DIR}, or {@code ./data}. */
public final class DataFolder {
    private DataFolder() {}

    public static Path database(ConsumerConfig config) {
        return config.database().orElseGet(() -> {
            String folder = System.getenv().getOrDefault("HOLDFAST_DATA_DIR", "");
            return Path.of(folder.isBlank() ? "data" : folder, "analytics.db");
        });
    }
}

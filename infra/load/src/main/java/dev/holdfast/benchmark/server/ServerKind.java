package dev.holdfast.benchmark.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The servers that can be compared: how each is started, one row a server. */
public enum ServerKind {
    HOLDFAST("Holdfast", true) {
        @Override
        Launch launch(Places places, int port, Path data) {
            return new Launch(
                    places.holdfastCommand(),
                    Map.of(
                            "HOLDFAST_DATA_DIR", data.toString(),
                            "QUEUE_PORT", String.valueOf(port),
                            "QUARKUS_HTTP_PORT", String.valueOf(port)));
        }
    },
    ELASTICMQ("ElasticMQ in memory", false) {
        @Override
        Launch launch(Places places, int port, Path data) {
            return new Launch(places.elasticMq(elasticMqOptions(port)), Map.of());
        }
    },
    ELASTICMQ_H2("ElasticMQ with H2", true) {
        @Override
        Launch launch(Places places, int port, Path data) {
            List<String> options = elasticMqOptions(port);
            options.add("-Dmessages-storage.enabled=true");
            options.add("-Dmessages-storage.uri=jdbc:h2:" + data.resolve("messages"));
            return new Launch(places.elasticMq(options), Map.of());
        }
    },
    FAUXQS("fauxqs in memory", false) {
        @Override
        Launch launch(Places places, int port, Path data) {
            return new Launch(places.fauxqs(), Map.of("FAUXQS_PORT", String.valueOf(port)));
        }
    },
    FAUXQS_SQLITE("fauxqs with SQLite", true) {
        @Override
        Launch launch(Places places, int port, Path data) {
            return new Launch(
                    places.fauxqs(), Map.of("FAUXQS_PORT", String.valueOf(port), "FAUXQS_DATA_DIR", data.toString()));
        }
    };

    private final String title;
    private final boolean stores;

    ServerKind(String title, boolean stores) {
        this.title = title;
        this.stores = stores;
    }

    public String title() {
        return title;
    }

    /** Its name on the command line and in the JSON: {@code elasticmq-h2}. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Whether it writes messages to files. */
    public boolean stores() {
        return stores;
    }

    abstract Launch launch(Places places, int port, Path data);

    /** A command and what is added to its environment. */
    record Launch(List<String> command, Map<String, String> environment) {}

    private static List<String> elasticMqOptions(int port) {
        return new ArrayList<>(List.of(
                "-Dnode-address.port=" + port,
                "-Drest-sqs.bind-port=" + port,
                "-Drest-sqs.bind-hostname=127.0.0.1",
                "-Drest-stats.enabled=false"));
    }
}

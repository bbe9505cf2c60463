package dev.holdfast.benchmark.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** All servers of a run, of which at most one has the CPU at a time. */
public final class Fleet implements AutoCloseable {
    private final List<Server> servers = new ArrayList<>();

    /** Starts one server after the other and pauses each when it is ready; one that does not get ready is reported and left out. */
    public static Fleet start(
            List<ServerKind> kinds, Places places, Path logs, BiConsumer<ServerKind, String> notReady) {
        Fleet fleet = new Fleet();
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::close));
        for (ServerKind kind : kinds) {
            try {
                Server server = Server.start(kind, places, logs);
                synchronized (fleet.servers) {
                    fleet.servers.add(server);
                }
                server.pause();
            } catch (IllegalStateException e) {
                notReady.accept(kind, String.valueOf(e.getMessage()));
            }
        }
        return fleet;
    }

    public List<Server> servers() {
        synchronized (servers) {
            return List.copyOf(servers);
        }
    }

    @Override
    public void close() {
        synchronized (servers) {
            servers.forEach(Server::close);
            servers.clear();
        }
    }
}

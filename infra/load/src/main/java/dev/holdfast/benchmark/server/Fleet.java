package dev.holdfast.benchmark.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** All servers of a run, of which at most one has the CPU at a time. */
public final class Fleet implements AutoCloseable {
    private final Places places;
    private final Path logs;
    private final BiConsumer<ServerKind, String> notReady;
    private final List<Server> servers = new ArrayList<>();

    private Fleet(Places places, Path logs, BiConsumer<ServerKind, String> notReady) {
        this.places = places;
        this.logs = logs;
        this.notReady = notReady;
    }

    /** Starts one server after the other and pauses each when it is ready; one that does not get ready is reported and left out. */
    public static Fleet start(
            List<ServerKind> kinds, Places places, Path logs, BiConsumer<ServerKind, String> notReady) {
        Fleet fleet = new Fleet(places, logs, notReady);
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::close));
        kinds.forEach(fleet::startOne);
        return fleet;
    }

    /** Starts anew each server whose process has ended by itself, and returns those. */
    public List<Server> revive() {
        List<Server> dead =
                servers().stream().filter(server -> !server.isAlive()).toList();
        List<Server> before = servers();
        for (Server server : dead) {
            server.close();
            synchronized (servers) {
                servers.remove(server);
            }
            startOne(server.kind());
        }
        return servers().stream().filter(server -> !before.contains(server)).toList();
    }

    private void startOne(ServerKind kind) {
        try {
            Server server = Server.start(kind, places, logs);
            synchronized (servers) {
                servers.add(server);
            }
            server.pause();
        } catch (IllegalStateException e) {
            notReady.accept(kind, String.valueOf(e.getMessage()));
        }
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

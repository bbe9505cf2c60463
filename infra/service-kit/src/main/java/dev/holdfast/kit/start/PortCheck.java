package dev.holdfast.kit.start;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Looks whether the port is free before anything else begins: Quarkus opens it last, when a service may already have written into its
 * database, begun a session or sent messages. Two that start at once are told apart when it is opened.
 */
@Singleton
final class PortCheck {
    private static final int BEFORE_ALL = 1;

    private final String host;
    private final int port;
    private final String plainRequests;

    PortCheck(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "quarkus.http.insecure-requests", defaultValue = "enabled") String plainRequests) {
        this.host = host;
        this.port = port;
        this.plainRequests = plainRequests;
    }

    void check(@Observes @Priority(BEFORE_ALL) StartupEvent event) throws IOException {
        if (LaunchMode.current() != LaunchMode.NORMAL || plainRequests.equalsIgnoreCase("disabled")) {
            return; // Tests have a port of their own.
        }
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new StartRefusedException(
                    "quarkus.http.host is " + host + ", which is not an address of this machine");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        }
    }
}

package dev.holdfast.queue.http.netty;

import dev.holdfast.kit.netty.ConnectionWatch;
import dev.holdfast.queue.http.admission.Admission;
import io.netty.channel.Channel;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Bounds the connections of one address, and has {@link Heads} watch each from its first byte. Thread-safe. */
@Singleton
final class WatchedConnections implements ConnectionWatch {
    private final Admission admission;
    private final int maxPerAddress;
    private final ConcurrentMap<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();

    /** As Quarkus has them. */
    private final HttpServerOptions options;

    @Inject
    WatchedConnections(Admission admission) {
        this.admission = admission;
        this.maxPerAddress = admission.limits().maxConnectionsPerAddress();
        this.options = new HttpServerOptions()
                .setMaxInitialLineLength(admission.limits().maxUrlBytes())
                .setMaxHeaderSize((int) admission.limits().maxHeaderBytes().asLongValue());
    }

    @Override
    public boolean accepts(Channel connection) {
        if (!(connection.remoteAddress() instanceof InetSocketAddress remote) || remote.getAddress() == null) {
            return true; // It has gone already.
        }
        InetAddress address = remote.getAddress();
        if (openByAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
            // Dropped before it is registered, it would never tell of its end.
            forget(address);
            admission.refused(Admission.Refusal.TOO_MANY_FROM_ONE_ADDRESS);
            return false;
        }
        connection.closeFuture().addListener(closed -> forget(address));
        return true;
    }

    private void forget(InetAddress address) {
        openByAddress.computeIfPresent(address, (key, open) -> open == 1 ? null : open - 1);
    }

    @Override
    public void speaksHttp1(Channel connection) {
        Heads.watch(connection, admission, options);
    }
}

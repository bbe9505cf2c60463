package dev.holdfast.kit.netty;

import dev.holdfast.kit.netty.HttpBounds.Bound;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Every connection is read to the letter and within {@link HttpBounds}; a service that has more to watch brings a
 * {@link ConnectionWatch} of its own. Thread-safe.
 */
@Singleton
@DefaultBean
final class BoundedConnections implements ConnectionWatch {
    private final HttpBounds bounds;

    /** As Quarkus has them. */
    private final HttpServerOptions options;

    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();

    BoundedConnections(
            HttpBounds bounds,
            @ConfigProperty(name = "quarkus.http.limits.max-initial-line-length", defaultValue = "4096")
                    int maxInitialLineLength,
            @ConfigProperty(name = "quarkus.http.limits.max-header-size", defaultValue = "20K")
                    MemorySize maxHeaderSize) {
        this.bounds = bounds;
        this.options = new HttpServerOptions()
                .setMaxInitialLineLength(maxInitialLineLength)
                .setMaxHeaderSize((int) maxHeaderSize.asLongValue());
    }

    @Override
    public boolean accepts(Channel connection) {
        if (!(connection.remoteAddress() instanceof InetSocketAddress remote) || remote.getAddress() == null) {
            return true; // It has gone already.
        }
        InetAddress address = remote.getAddress();
        int all = open.incrementAndGet();
        int ofAddress = openByAddress.merge(address, 1, Integer::sum);
        if (all > bounds.maxConnections()) {
            return refuse(address, Bound.MAX_CONNECTIONS);
        }
        if (ofAddress > bounds.maxConnectionsPerAddress()) {
            return refuse(address, Bound.MAX_CONNECTIONS_PER_ADDRESS);
        }
        connection.closeFuture().addListener(closed -> forget(address));
        connection.pipeline().addFirst(new FirstByte());
        return true;
    }

    /** Nothing tells of its end: it is closed before Netty registers it. */
    private boolean refuse(InetAddress address, Bound bound) {
        forget(address);
        bounds.reached(bound);
        return false;
    }

    private void forget(InetAddress address) {
        open.decrementAndGet();
        openByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    @Override
    public void speaksHttp1(Channel connection) {
        connection.pipeline().replace(DECODER, DECODER, new BoundedRequestDecoder(options, bounds));
    }

    /** Closes a connection that says nothing at all; what comes after the first byte is the decoder's to watch. */
    private final class FirstByte extends ChannelInboundHandlerAdapter {
        private @Nullable ScheduledFuture<?> deadline;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            deadline = context.executor()
                    .schedule(() -> drop(context), bounds.headTimeout().toMillis(), TimeUnit.MILLISECONDS);
            context.fireChannelActive();
        }

        private void drop(ChannelHandlerContext context) {
            bounds.reached(Bound.HEAD_TIMEOUT);
            context.close();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            context.pipeline().remove(this);
            context.fireChannelRead(bytes);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            if (deadline != null) {
                deadline.cancel(false);
            }
        }
    }
}

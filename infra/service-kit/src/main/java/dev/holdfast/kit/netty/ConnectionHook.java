package dev.holdfast.kit.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.impl.Http1xOrH2CHandler;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows each connection to the {@link ConnectionWatch} before its first byte is read. Vert.x has no place for that, so a handler on
 * each listener sees what it accepts. The connections of the first milliseconds, before the listener has its handler, are not shown.
 */
@Singleton
final class ConnectionHook {
    private static final String NAME = "holdfastHook";

    /** What reads bytes before they are HTTP/1: the hook stands behind it. */
    private static final List<Class<? extends ChannelInboundHandlerAdapter>> BEFORE_HTTP_1 =
            List.of(SslHandler.class, Http1xOrH2CHandler.class);

    private final Vertx vertx;
    private final ConnectionWatch watch;

    ConnectionHook(Vertx vertx, ConnectionWatch watch) {
        this.vertx = vertx;
        this.watch = watch;
    }

    void listening(@ObservesAsync HttpServerStart started) {
        stand();
    }

    void listening(@ObservesAsync HttpsServerStart started) {
        stand();
    }

    private void stand() {
        for (EventExecutor executor : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            if (executor instanceof SingleThreadEventLoop loop) {
                loop.execute(() -> standAtListenersOf(loop));
            }
        }
    }

    private void standAtListenersOf(SingleThreadEventLoop loop) {
        for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
            Channel listener = channels.next();
            if (listener.pipeline().get(NAME) == null) {
                listener.pipeline().addFirst(NAME, new Accepting());
            }
        }
    }

    private final class Accepting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (accepted instanceof Channel connection) {
                if (!watch.accepts(connection)) {
                    connection.unsafe().closeForcibly();
                    return;
                }
                connection.pipeline().addFirst(NAME, new FirstBytes(null));
            }
            context.fireChannelRead(accepted);
        }
    }

    /** Moves behind whatever reads the bytes before they are HTTP/1, and leaves when they are, or when they never will be. */
    private final class FirstBytes extends ChannelInboundHandlerAdapter {
        private final @Nullable Class<?> behind;

        FirstBytes(@Nullable Class<?> behind) {
            this.behind = behind;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext reader = nextReader(pipeline);
            if (reader != null) {
                pipeline.remove(this);
                pipeline.addAfter(
                        reader.name(), NAME, new FirstBytes(reader.handler().getClass()));
            } else if (pipeline.get(Http2ConnectionHandler.class) != null) {
                pipeline.remove(this);
            } else if (pipeline.get(ConnectionWatch.DECODER) != null && pipeline.get(ConnectionWatch.ENCODER) != null) {
                pipeline.remove(this);
                watch.speaksHttp1(context.channel());
            } // Else it has to be found out yet, as a host's name is by TLS.
            context.fireChannelRead(bytes);
        }

        private @Nullable ChannelHandlerContext nextReader(ChannelPipeline pipeline) {
            boolean passed = behind == null;
            for (Class<? extends ChannelInboundHandlerAdapter> reader : BEFORE_HTTP_1) {
                ChannelHandlerContext found = pipeline.context(reader);
                if (passed && found != null) {
                    return found;
                }
                passed |= behind != null && reader.isAssignableFrom(behind);
            }
            return null;
        }
    }
}

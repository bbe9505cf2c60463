package dev.holdfast.queue.http.netty;

import dev.holdfast.queue.http.admission.Admission;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Iterator;

/**
 * Has {@link Heads} watch each connection from its first byte. Vert.x has no place for that, so a handler on each listener
 * sees what it accepts. The connections of the first milliseconds, before the listener has its handler, are not watched.
 */
@Singleton
final class ConnectionHook {
    private static final String NAME = "holdfastDoor";

    private final Vertx vertx;
    private final Admission admission;

    /** As Quarkus has them. */
    private final HttpServerOptions options;

    @Inject
    ConnectionHook(Vertx vertx, Admission admission) {
        this.vertx = vertx;
        this.admission = admission;
        this.options = new HttpServerOptions()
                .setMaxInitialLineLength(admission.limits().maxUrlBytes())
                .setMaxHeaderSize((int) admission.limits().maxHeaderBytes().asLongValue());
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
                connection.pipeline().addFirst(NAME, new FirstBytes(false));
            }
            context.fireChannelRead(accepted);
        }
    }

    /** Stands before whatever reads the bytes, behind TLS, and leaves when they come. */
    private final class FirstBytes extends ChannelInboundHandlerAdapter {
        private final boolean behindTls;

        FirstBytes(boolean behindTls) {
            this.behindTls = behindTls;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext tls = pipeline.context(SslHandler.class);
            if (tls != null && !behindTls) {
                pipeline.remove(this);
                pipeline.addAfter(tls.name(), NAME, new FirstBytes(true));
            } else if (Heads.canWatch(pipeline)) {
                pipeline.remove(this);
                Heads.watch(context.channel(), admission, options);
            }
            context.fireChannelRead(bytes);
        }
    }
}

package dev.holdfast.queue.http.netty;

import dev.holdfast.queue.http.admission.Admission;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Drops connections on which a body does not become whole in time, whether it trickles or stops. A timer for each request
 * would cost more than reading it, so each I/O thread looks at its connections once a second. A head that never ends
 * is left to the idle timeout, which counts from the last whole head or chunk, whatever bytes come meanwhile.
 */
@Singleton
public final class Connections {
    private static final AttributeKey<Progress> PROGRESS = AttributeKey.valueOf("holdfast.progress");
    private static final InetAddress UNKNOWN = new InetSocketAddress(0).getAddress();
    private static final long SWEEP_MILLIS = 1_000;

    private final Vertx vertx;
    private final Admission admission;
    private final AtomicInteger open = new AtomicInteger();

    /** Whether the body of a request is on its way. Used on the connection's I/O thread only. */
    public static final class Progress {
        private boolean inBody;
        private long sinceNanos;

        public void headArrived() {
            inBody = true;
            sinceNanos = System.nanoTime();
        }

        public void bodyArrived() {
            inBody = false;
        }
    }

    @Inject
    public Connections(Vertx vertx, Admission admission) {
        this.vertx = vertx;
        this.admission = admission;
    }

    public static Progress progressOf(HttpConnection connection) {
        return progressOf(((ConnectionBase) connection).channel());
    }

    private static Progress progressOf(Channel channel) {
        Progress progress = channel.attr(PROGRESS).get();
        if (progress == null) {
            progress = new Progress();
            channel.attr(PROGRESS).set(progress);
        }
        return progress;
    }

    /** The other end's; "0.0.0.0" where it cannot be told any more. */
    public static InetAddress addressOf(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().remoteAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress()
                : UNKNOWN;
    }

    /** Begins to look after them. */
    public void watch() {
        for (EventExecutor executor : ((VertxInternal) vertx).getEventLoopGroup()) {
            if (executor instanceof SingleThreadEventLoop loop) {
                Sweep sweep = new Sweep(loop);
                var unused = loop.scheduleAtFixedRate(sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** As of the last look at them. */
    public int open() {
        return open.get();
    }

    /** The connections of one I/O thread. */
    private final class Sweep implements Runnable {
        private final SingleThreadEventLoop loop;
        private int lastOpen;

        Sweep(SingleThreadEventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            int found = 0;
            for (Iterator<Channel> channels = loop.registeredChannelsIterator(); channels.hasNext(); ) {
                Channel channel = channels.next();
                if (channel.parent() != null && channel.isOpen()) { // accepted, not a listener and not a client's
                    found++;
                    dropIfLate(channel, now);
                }
            }
            open.addAndGet(found - lastOpen);
            lastOpen = found;
        }

        private void dropIfLate(Channel channel, long nowNanos) {
            Progress progress = progressOf(channel);
            if (progress.inBody
                    && nowNanos - progress.sinceNanos
                            > admission.limits().bodyTimeout().toNanos()) {
                drop(channel);
            }
        }

        /** Not while the iterator is in use. */
        private void drop(Channel channel) {
            admission.refused(Admission.Refusal.BODY_TOO_SLOW);
            loop.execute(channel::close);
        }
    }
}

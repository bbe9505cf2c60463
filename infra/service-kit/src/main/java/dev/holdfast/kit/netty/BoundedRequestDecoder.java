package dev.holdfast.kit.netty;

import dev.holdfast.kit.netty.HttpBounds.Bound;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes connections on which a head or a body does not become whole in time, and those whose heads there is no room for. */
final class BoundedRequestDecoder extends StrictRequestDecoder {
    /** What a header occupies beside its bytes: an entry of the map and two strings. Thirty times its bytes, when those are few. */
    private static final int LINE_BYTES = 160;

    /** Whoever reads a body answers at its deadline; the rest is for those bodies that nobody reads. */
    private static final Duration TO_ANSWER = Duration.ofSeconds(1);

    private final HttpBounds bounds;
    private boolean inBody;

    /** Of the lines that were read of a head that is not whole. */
    private long weight;

    /** What is taken of the bounds for that head. */
    private long taken;

    private @Nullable ScheduledFuture<?> deadline;

    BoundedRequestDecoder(HttpServerOptions options, HttpBounds bounds) {
        super(options);
        this.bounds = bounds;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        int start = in.readerIndex();
        int passedOn = out.size();
        super.decode(context, in, out);
        if (isRefused()) {
            headEnds();
            endDeadline();
            return;
        }
        if (out.size() > passedOn) {
            for (Object part : out.subList(passedOn, out.size())) {
                partCame(part, context);
            }
        } else if (!inBody) {
            weight += weight(in, start);
            headComes(weight + in.readableBytes(), context, in);
        }
    }

    @Override
    protected boolean routerRefusesTargets() {
        return true;
    }

    private void partCame(Object part, ChannelHandlerContext context) {
        if (part instanceof HttpRequest) {
            headEnds();
            endDeadline();
            inBody = true;
        }
        if (part instanceof LastHttpContent) {
            endDeadline();
            inBody = false;
        } else if (deadline == null) {
            deadline = within(bounds.bodyTimeout().plus(TO_ANSWER), Bound.BODY_TIMEOUT, context);
        }
    }

    private void headComes(long bytes, ChannelHandlerContext context, ByteBuf in) {
        if (bytes > taken) {
            if (!bounds.tryTake(bytes - taken)) {
                in.skipBytes(in.readableBytes());
                context.close();
                return;
            }
            taken = bytes;
        }
        if (bytes > 0 && deadline == null) {
            deadline = within(bounds.headTimeout(), Bound.HEAD_TIMEOUT, context);
        }
    }

    private void headEnds() {
        bounds.giveBack(taken);
        taken = 0;
        weight = 0;
    }

    private static long weight(ByteBuf in, int start) {
        int lines = 0;
        for (int at = start; at < in.readerIndex(); at++) {
            lines += in.getByte(at) == '\n' ? 1 : 0;
        }
        return in.readerIndex() - start + (long) lines * LINE_BYTES;
    }

    private ScheduledFuture<?> within(Duration time, Bound bound, ChannelHandlerContext context) {
        return context.executor()
                .schedule(
                        () -> {
                            bounds.reached(bound);
                            context.close();
                        },
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void endDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
        super.handlerRemoved0(context);
        headEnds();
        endDeadline();
    }
}

package dev.holdfast.queue.http.netty;

import dev.holdfast.kit.netty.ConnectionWatch;
import dev.holdfast.kit.netty.StrictRequestDecoder;
import dev.holdfast.queue.http.admission.Admission;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What the heads of one connection's requests occupy, from their first bytes until their answers have gone: a poll keeps its
 * head while it waits, and a head that comes line by line is kept as far as it has come. Two handlers tell it: one in place
 * of Vert.x's decoder and one that sees the answers. Used on the connection's I/O thread only.
 */
public final class Heads {
    private static final AttributeKey<Heads> HEADS = AttributeKey.valueOf("holdfast.heads");

    /** What a header occupies beside its bytes: an entry of the map and two strings. Thirty times its bytes, when those are few. */
    private static final int LINE_BYTES = 160;

    private final Admission admission;

    /** Of heads that arrived whole, oldest first: HTTP/1.1 answers in the order of the requests. */
    private final ArrayDeque<Long> unanswered = new ArrayDeque<>();

    /** Of the head that arrives. */
    private long arriving;

    /** Whether there was no room for the request that is the only one now. */
    private boolean refused;

    private Heads(Admission admission) {
        this.admission = admission;
    }

    /** Nothing may have been read yet. */
    static void watch(Channel channel, Admission admission, HttpServerOptions options) {
        Heads heads = new Heads(admission);
        channel.attr(HEADS).set(heads);
        channel.pipeline().replace(ConnectionWatch.DECODER, ConnectionWatch.DECODER, heads.new Decoder(options));
        channel.pipeline().addAfter(ConnectionWatch.ENCODER, "holdfastAnswers", heads.new Answers());
    }

    /** Whether a request that begins now has to be refused, since there is no room for its head. */
    public static boolean isRefused(HttpConnection connection) {
        Heads heads = ((ConnectionBase) connection).channel().attr(HEADS).get();
        return heads != null && heads.refused;
    }

    /** So many bytes have come of a head that is not whole yet; false when there is no room to spare for it. */
    private boolean arrives(long bytes) {
        boolean room = admission.heads().hasRoomToSpare() && keep(bytes);
        if (!room) {
            admission.refused(Admission.Refusal.TOO_MANY_HEADS);
        }
        return room;
    }

    /**
     * A head is whole, and maybe its request. False when there is no room for it and no way to say so, since others are to be
     * answered before.
     */
    private boolean arrived(long bytes, boolean withBody) {
        boolean urgent = withBody && unanswered.isEmpty();
        if ((urgent || admission.heads().hasRoomToSpare()) && keep(bytes)) {
            unanswered.add(bytes);
            arriving = 0;
            return true;
        }
        admission.refused(Admission.Refusal.TOO_MANY_HEADS);
        refused = unanswered.isEmpty();
        keep(0);
        return refused;
    }

    private boolean keep(long bytes) {
        long more = bytes - arriving;
        if (more > 0 && !admission.heads().tryTake(more)) {
            return false;
        }
        if (more < 0) {
            admission.heads().giveBack(-more);
        }
        arriving = bytes;
        return true;
    }

    private void answered() {
        Long bytes = unanswered.poll();
        if (bytes != null) {
            admission.heads().giveBack(bytes);
        }
    }

    private void forget() {
        keep(0);
        while (!unanswered.isEmpty()) {
            answered();
        }
    }

    /** Weighs what it consumes. */
    private final class Decoder extends StrictRequestDecoder {
        /** Of the lines since the last thing that was passed on: of a head, or of what stands between the chunks of a body. */
        private long weight;

        Decoder(HttpServerOptions options) {
            super(options);
        }

        @Override
        protected boolean routerRefusesTargets() {
            return false;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
            if (isRefused()) {
                super.decode(context, in, out);
                return;
            }
            int start = in.readerIndex();
            int passedOn = out.size();
            super.decode(context, in, out);
            boolean room;
            if (out.size() == passedOn) {
                weight += weight(in, start);
                room = arrives(weight + in.readableBytes());
            } else {
                room = out.get(passedOn) instanceof HttpRequest head
                        ? hasArrived(head, weight + weight(in, start), in)
                        : keep(0);
                weight = 0;
            }
            if (!room) {
                out.clear();
                in.skipBytes(in.readableBytes());
                context.close();
            }
        }

        private boolean hasArrived(HttpRequest head, long bytes, ByteBuf in) {
            boolean passesOn = arrived(bytes, isWithBody(head, in));
            if (refused) {
                // Thousands may be refused before the first of them is answered and closed.
                String host = head.headers().get(HttpHeaderNames.HOST, "");
                head.headers().clear().set(HttpHeaderNames.HOST, host);
            }
            return passesOn;
        }

        /** Whether the body has come in the same packets, as that of most requests does. */
        private static boolean isWithBody(HttpRequest head, ByteBuf in) {
            if (head.decoderResult().isFailure()) {
                return true;
            }
            return !HttpUtil.isTransferEncodingChunked(head)
                    && HttpUtil.getContentLength(head, 0L) <= in.readableBytes();
        }

        private static long weight(ByteBuf in, int start) {
            int length = in.readerIndex() - start;
            int lines = 0;
            for (int at = in.indexOf(start, start + length, (byte) '\n');
                    at >= 0;
                    at = in.indexOf(at + 1, start + length, (byte) '\n')) {
                lines++;
            }
            return length + (long) lines * LINE_BYTES;
        }

        @Override
        protected void malformed(String wrong) {
            admission.refused(Admission.Refusal.MALFORMED);
        }

        @Override
        protected void handlerRemoved0(ChannelHandlerContext context) throws Exception {
            super.handlerRemoved0(context);
            forget();
        }
    }

    /** Sees each answer's end before it is encoded. */
    private final class Answers extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            boolean isInterim = message instanceof HttpResponse response
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (message instanceof LastHttpContent && !isInterim) {
                answered();
            }
            super.write(context, message, promise);
        }
    }
}

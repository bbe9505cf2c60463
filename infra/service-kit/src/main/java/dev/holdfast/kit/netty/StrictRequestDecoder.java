package dev.holdfast.kit.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads HTTP/1 to the letter where Netty is lenient, so that no proxy before this server can see other requests than it does (RFC
 * 9112, section 11.2). What is not HTTP/1 is answered 400 and closed, as soon as that can be seen; inside a body there is no answer.
 */
public class StrictRequestDecoder extends VertxHttpRequestDecoder {
    private final HeadSyntax head = new HeadSyntax();
    private boolean inBody;

    /** Whether the connection ends here: what comes is thrown away. */
    private boolean refused;

    public StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        int start = in.readerIndex();
        int passedOn = out.size();
        super.decode(context, in, out);
        boolean wasInBody = inBody;
        String wrong = wasInBody ? wrongInBody(in, start, out, passedOn) : wrongInHead(in, start, out, passedOn);
        if (wrong != null) {
            refuse(wrong, context, in, out, passedOn, wasInBody);
        }
    }

    private @Nullable String wrongInHead(ByteBuf in, int start, List<Object> out, int passedOn) {
        HttpRequest request = out.size() > passedOn && out.get(passedOn) instanceof HttpRequest whole ? whole : null;
        if (request != null && request.decoderResult().isFailure()) {
            return null; // Netty has refused it.
        }
        String wrong = head.wrongIn(in, start);
        if (request == null || wrong != null) {
            return wrong;
        }
        head.next();
        inBody = !(out.get(out.size() - 1) instanceof LastHttpContent);
        if (RequestFields.isForTheRouter(request.uri())) {
            if (inBody || !routerRefusesTargets()) {
                return "a target that is neither a path nor a URL";
            }
            request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            refused = true;
        }
        return RequestFields.wrongIn(request);
    }

    /** Chunks have lines, too, and so has what follows the last. */
    private @Nullable String wrongInBody(ByteBuf in, int start, List<Object> out, int passedOn) {
        HttpContent content = out.size() > passedOn && out.get(passedOn) instanceof HttpContent some ? some : null;
        boolean linesOnly = content == null || !content.content().isReadable();
        inBody = !(content instanceof LastHttpContent);
        return linesOnly && HeadSyntax.hasFoldedLine(in, start) ? "a line that is folded" : null;
    }

    private void refuse(
            String wrong,
            ChannelHandlerContext context,
            ByteBuf in,
            List<Object> out,
            int passedOn,
            boolean wasInBody) {
        refused = true;
        in.skipBytes(in.readableBytes());
        HttpMessage answered = out.size() > passedOn
                        && out.get(passedOn) instanceof HttpRequest whole
                        && whole.protocolVersion().equals(HttpVersion.HTTP_1_1)
                ? whole
                : createInvalidMessage();
        while (out.size() > passedOn) {
            out.remove(out.size() - 1); // Of a body only empty parts are refused; they hold no memory.
        }
        malformed(wrong);
        if (wasInBody) {
            context.close();
        } else {
            answered.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(wrong)));
            out.add(answered);
        }
    }

    /** Whether a request whose target is no path gets its answer from the router, in the words of the service. */
    protected boolean routerRefusesTargets() {
        return true;
    }

    /** Whether nothing that comes is read any more. */
    protected final boolean isRefused() {
        return refused;
    }

    /** A request is refused; to count it. */
    protected void malformed(String wrong) {}
}

package dev.holdfast.kit.netty;

import io.netty.channel.Channel;

/** What a service does with each connection that it accepts, on the connection's I/O thread. */
public interface ConnectionWatch {
    /** What Vert.x calls its decoder and its encoder of HTTP/1 in the pipeline. */
    String DECODER = "httpDecoder";

    String ENCODER = "httpEncoder";

    /** False for a connection that is to be closed before anything of it is read. */
    default boolean accepts(Channel connection) {
        return true;
    }

    /** The first bytes of a connection that speaks HTTP/1 have come, and nothing was read yet: the decoder can be replaced. */
    void speaksHttp1(Channel connection);
}

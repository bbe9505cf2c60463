package dev.holdfast.kit.netty;

import io.netty.channel.Channel;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every connection is read to the letter; a service that has more to watch brings a {@link ConnectionWatch} of its own. */
@Singleton
@DefaultBean
final class StrictConnections implements ConnectionWatch {
    /** As Quarkus has them. */
    private final HttpServerOptions options;

    StrictConnections(
            @ConfigProperty(name = "quarkus.http.limits.max-initial-line-length", defaultValue = "4096")
                    int maxInitialLineLength,
            @ConfigProperty(name = "quarkus.http.limits.max-header-size", defaultValue = "20K")
                    MemorySize maxHeaderSize) {
        options = new HttpServerOptions()
                .setMaxInitialLineLength(maxInitialLineLength)
                .setMaxHeaderSize((int) maxHeaderSize.asLongValue());
    }

    @Override
    public void speaksHttp1(Channel connection) {
        connection.pipeline().replace(DECODER, DECODER, new StrictRequestDecoder(options));
    }
}

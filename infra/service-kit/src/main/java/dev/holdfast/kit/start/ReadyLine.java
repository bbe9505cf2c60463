package dev.holdfast.kit.start;

import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Says in the log that the service is ready, and only when its port is open. */
@Singleton
final class ReadyLine {
    private static final Logger LOG = Logger.getLogger(ReadyLine.class);

    void opened(@ObservesAsync HttpServerStart event) {
        say("http", "quarkus.http.port", event.options());
    }

    void opened(@ObservesAsync HttpsServerStart event) {
        say("https", "quarkus.http.ssl-port", event.options());
    }

    /** With port 0 the system chose one, which Quarkus then puts into the setting. */
    private static void say(String scheme, String portSetting, HttpServerOptions options) {
        int port = ConfigProvider.getConfig()
                .getOptionalValue(portSetting, Integer.class)
                .orElse(options.getPort());
        LOG.infof("event=ready address=%s://%s:%d", scheme, options.getHost(), port);
    }
}

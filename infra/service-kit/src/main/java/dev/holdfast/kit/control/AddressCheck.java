package dev.holdfast.kit.control;

import dev.holdfast.kit.http.Loopback;
import dev.holdfast.kit.start.StartRefusedException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A control API asks nobody for a password, so that it serves this machine only, unless somebody says that others may use it. */
@Singleton
final class AddressCheck {
    private static final int BEFORE_THE_SERVICE = 2;

    private final String host;
    private final boolean openToOthers;

    AddressCheck(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "holdfast.http.open-to-others", defaultValue = "false") boolean openToOthers) {
        this.host = host;
        this.openToOthers = openToOthers;
    }

    void check(@Observes @Priority(BEFORE_THE_SERVICE) StartupEvent event) {
        if (!openToOthers && !Loopback.isBindAddress(host)) {
            throw new StartRefusedException("the control API has no login, so that it does not listen on " + host
                    + ", where others could use it; set quarkus.http.host to 127.0.0.1, or"
                    + " holdfast.http.open-to-others=true where something before it keeps others out");
        }
    }
}

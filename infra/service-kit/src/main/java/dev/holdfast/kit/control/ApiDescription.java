package dev.holdfast.kit.control;

import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where a service describes its API for people, to be named in refusals. */
@Singleton
final class ApiDescription {
    private final Optional<String> path;

    ApiDescription(@ConfigProperty(name = "holdfast.http.api-description") Optional<String> path) {
        this.path = path;
    }

    boolean exists() {
        return path.isPresent();
    }

    /** "; PATH lists what there is." where there is one, else a full stop. */
    String pointer() {
        return path.map(there -> "; " + there + " lists what there is.").orElse(".");
    }
}

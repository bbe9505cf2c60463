package dev.holdfast.queue.http;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Which web pages may call this server. */
@ConfigMapping(prefix = "holdfast.cors")
public interface Cors {
    /** Scheme and authority of each, for instance "http://localhost:3000"; "*" for all. None by default. */
    Optional<List<String>> origins();
}

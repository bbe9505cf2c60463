package dev.holdfast.queue.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** Who may call, by a name of the operator's choice. Without any, every caller on loopback is the owner. */
@ConfigMapping(prefix = "holdfast.credentials")
public interface Credentials {
    @WithParentName
    Map<String, Credential> byName();

    interface Credential {
        String accessKeyId();

        String secretAccessKey();

        /** Twelve digits; that of the queues' owner is {@code holdfast.account}. */
        String account();
    }
}

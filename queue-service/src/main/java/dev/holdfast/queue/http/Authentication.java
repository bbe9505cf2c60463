package dev.holdfast.queue.http;

import dev.holdfast.kit.http.Loopback;
import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.config.Credentials;
import dev.holdfast.queue.config.ServerConfig;
import dev.holdfast.queue.http.signature.SigV4;
import dev.holdfast.queue.policy.Access;
import dev.holdfast.queue.wire.HttpMessage;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Decides which account a request comes from. With credentials every signature is verified; without, every caller is the
 * owner, and the server refuses to start on an address that others can reach unless {@code holdfast.auth=none} says so.
 */
@Singleton
public class Authentication {
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final String NONE = "none";

    private final String owner;
    private final @Nullable SigV4 signatures;

    @Inject
    Authentication(
            ServerConfig config,
            Credentials credentials,
            Access access,
            @ConfigProperty(name = "quarkus.http.host") String bindAddress) {
        this(config.account(), config.region(), credentials, access.auth(), bindAddress, InstantSource.system());
    }

    /** @throws ConfigurationException for settings that would leave the server open, or that cannot be meant */
    Authentication(
            String owner,
            String region,
            Credentials credentials,
            Optional<String> auth,
            String bindAddress,
            InstantSource wallClock) {
        this.owner = owner;
        if (!ACCOUNT.matcher(owner).matches()) {
            throw new ConfigurationException("holdfast.account must be twelve digits, not \"" + owner + "\".");
        }
        Map<String, SigV4.Key> keys = new HashMap<>();
        credentials.byName().forEach((name, credential) -> {
            if (!ACCOUNT.matcher(credential.account()).matches()) {
                throw new ConfigurationException("holdfast.credentials." + name + ".account must be twelve digits.");
            }
            var key = new SigV4.Key(credential.secretAccessKey(), credential.account());
            if (keys.put(credential.accessKeyId(), key) != null) {
                throw new ConfigurationException(
                        "holdfast.credentials." + name + ".access-key-id is used by another credential too.");
            }
        });
        boolean open = auth.filter(NONE::equals).isPresent();
        if (auth.isPresent() && !open) {
            throw new ConfigurationException(
                    "holdfast.auth can only be \"none\"; leave it out to keep the server closed.");
        }
        if (open && !keys.isEmpty()) {
            throw new ConfigurationException(
                    "holdfast.auth=none contradicts holdfast.credentials; remove one of them.");
        }
        if (keys.isEmpty() && !open && !Loopback.isBindAddress(bindAddress)) {
            throw new ConfigurationException("Refusing to serve on " + bindAddress
                    + " without credentials: anybody who reaches it could read and delete messages. Set"
                    + " holdfast.credentials.<name>.{access-key-id,secret-access-key,account}, or bind to 127.0.0.1"
                    + " (quarkus.http.host), or say holdfast.auth=none.");
        }
        signatures = keys.isEmpty() ? null : new SigV4(keys, region, wallClock);
    }

    /**
     * The account, or {@link Call#ANONYMOUS} for a request without a signature.
     *
     * @throws dev.holdfast.queue.api.SqsException for a signature that does not hold
     */
    public String accountOf(HttpMessage message) {
        return signatures == null ? owner : signatures.accountOf(message);
    }

    /** Whether callers must sign. */
    public boolean isRequired() {
        return signatures != null;
    }
}

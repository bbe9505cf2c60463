package dev.holdfast.dashboard.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Who is logged in: in memory, so that a restart of the dashboard asks for the password again. */
@ApplicationScoped
class Sessions {
    private static final int KEPT_AT_MOST = 1_000;

    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();

    private final Duration lifetime;

    Sessions(SecurityConfig config) {
        this.lifetime = config.sessionLifetime();
    }

    record Session(String id, String csrf, Instant until) {}

    Session open(Instant now) {
        sessions.values().removeIf(session -> session.until().isBefore(now));
        if (sessions.size() >= KEPT_AT_MOST) {
            sessions.values().stream()
                    .min(Comparator.comparing(Session::until))
                    .ifPresent(oldest -> close(oldest.id()));
        }
        var session = new Session(token(), token(), now.plus(lifetime));
        sessions.put(session.id(), session);
        return session;
    }

    Optional<Session> find(@Nullable String id, Instant now) {
        return Optional.ofNullable(id)
                .map(sessions::get)
                .filter(session -> session.until().isAfter(now));
    }

    void close(@Nullable String id) {
        if (id != null) {
            sessions.remove(id);
        }
    }

    /** On whatever computer. */
    void closeAll() {
        sessions.clear();
    }

    private String token() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

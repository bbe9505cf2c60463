package dev.holdfast.queue.http.signature;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Derives signing keys from secrets, four HMACs each, and remembers them: they change once a day. Thread-safe. */
final class SigningKeys {
    /** Region and day are the caller's words; whoever invents many makes us derive again, not remember more. */
    private static final int MAX_REMEMBERED = 1_000;

    private record Scope(String secret, String day, String region, String service) {}

    private final Map<Scope, byte[]> remembered = new ConcurrentHashMap<>();

    byte[] of(String secret, String day, String region, String service) {
        Scope scope = new Scope(secret, day, region, service);
        byte[] known = remembered.get(scope);
        if (known != null) {
            return known;
        }
        byte[] derived = derive(scope);
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(scope, derived);
        return derived;
    }

    private static byte[] derive(Scope scope) {
        byte[] secret = ("AWS4" + scope.secret()).getBytes(StandardCharsets.UTF_8);
        byte[] ofDay = Hashes.hmac(secret, scope.day());
        byte[] ofRegion = Hashes.hmac(ofDay, scope.region());
        byte[] ofService = Hashes.hmac(ofRegion, scope.service());
        return Hashes.hmac(ofService, Signature.TERMINATOR);
    }
}

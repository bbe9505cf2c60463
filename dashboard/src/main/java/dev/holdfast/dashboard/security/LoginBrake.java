package dev.holdfast.dashboard.security;

import io.netty.util.NetUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds guesses at the password, those of one address and those of all. A right password costs nothing, so that a class behind one
 * address logs in at once. Nobody waits in here: who comes too early is told when to come again. Thread-safe. Times are those of
 * {@link System#nanoTime}.
 */
@ApplicationScoped
class LoginBrake {
    /** One guess in two seconds finds no password worth the name, and a person who mistypes does not notice. */
    private static final Pace OF_ONE_ADDRESS = new Pace(5, Duration.ofSeconds(2));

    /** Four a second, from however many addresses. It takes eight of them to keep others from logging in; who is logged in stays so. */
    private static final Pace OF_ALL = new Pace(20, Duration.ofMillis(250));

    private static final int MAX_ADDRESSES = 10_000;

    private final Usage ofAll = new Usage(OF_ALL, System.nanoTime());
    private final Map<String, Usage> ofAddresses = new HashMap<>();

    /** So many at once, and one more each time the pause has passed. */
    private record Pace(int atOnce, Duration pause) {}

    private static final class Usage {
        private final Pace pace;
        private long usedNanos;
        private long asOfNanos;

        Usage(Pace pace, long nowNanos) {
            this.pace = pace;
            this.asOfNanos = nowNanos;
        }

        /** Brings it up to date. Returns how long to wait, none where that is not positive. */
        long waitNanos(long nowNanos) {
            usedNanos = Math.max(0, usedNanos - (nowNanos - asOfNanos));
            asOfNanos = nowNanos;
            return usedNanos - pace.pause().multipliedBy(pace.atOnce() - 1L).toNanos();
        }

        void use() {
            usedNanos += pace.pause().toNanos();
        }

        void giveBack() {
            usedNanos = Math.max(0, usedNanos - pace.pause().toNanos());
        }

        boolean isFree(long nowNanos) {
            return usedNanos <= nowNanos - asOfNanos;
        }
    }

    /** Empty when the password may be looked at, which counts as a wrong guess until {@link #right}; else how long to wait. */
    synchronized Optional<Duration> wait(String address, long nowNanos) {
        if (ofAddresses.size() >= MAX_ADDRESSES) {
            ofAddresses.values().removeIf(usage -> usage.isFree(nowNanos));
            if (ofAddresses.size() >= MAX_ADDRESSES) {
                return Optional.of(OF_ONE_ADDRESS.pause());
            }
        }
        String network = network(address);
        Usage ofAddress = ofAddresses.getOrDefault(network, new Usage(OF_ONE_ADDRESS, nowNanos));
        long wait = Math.max(ofAddress.waitNanos(nowNanos), ofAll.waitNanos(nowNanos));
        if (wait > 0) {
            return Optional.of(Duration.ofNanos(wait));
        }
        ofAddresses.put(network, ofAddress);
        ofAddress.use();
        ofAll.use();
        return Optional.empty();
    }

    /** The password that was looked at is right. */
    synchronized void right(String address) {
        Usage ofAddress = ofAddresses.get(network(address));
        if (ofAddress != null) {
            ofAddress.giveBack();
            ofAll.giveBack();
        }
    }

    /** Whoever has one address of IPv6 has 2^64. */
    private static String network(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        boolean isIpv6 = bytes != null && bytes.length == 16;
        return isIpv6 ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) : address;
    }
}

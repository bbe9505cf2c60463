package dev.holdfast.kit.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What only this machine reaches. */
public final class Loopback {
    /** Digits and dots in 127.0.0.0/8; never a name such as "127.0.0.1.example.com". */
    private static final Pattern ADDRESS = Pattern.compile("127(\\.[0-9]{1,3}){3}|\\[::1]");

    private Loopback() {}

    /** Whether nobody else can reach a server that listens on this address; false for an address that does not exist. */
    public static boolean isBindAddress(String address) {
        try {
            return Arrays.stream(InetAddress.getAllByName(address)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether a host in a URL or in a Host header is this machine itself, whatever a name server says. */
    public static boolean isHost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || ADDRESS.matcher(name).matches();
    }
}

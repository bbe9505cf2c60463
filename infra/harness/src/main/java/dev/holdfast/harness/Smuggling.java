package dev.holdfast.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests that two readers of HTTP/1 could understand differently, so that one of them sees a request that the other does not (RFC
 * 9112, section 11.2), and bytes that are not HTTP at all. A server answers 400 and closes, at once.
 */
public final class Smuggling {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final String HOST = "Host: localhost\r\n";
    private static final String POST = "POST / HTTP/1.1\r\n" + HOST;
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

    /** What an attacker wants to get past the proxy. */
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\n" + HOST + "\r\n";

    private Smuggling() {}

    /** By what is wrong with it. A "|" stands for CR LF, "¦" for a lone CR and "§" for a lone LF. */
    private static Map<String, String> heads() {
        Map<String, String> heads = new LinkedHashMap<>();
        heads.put("two Host headers", "GET / HTTP/1.1|Host: localhost|Host: other.example||");
        heads.put("the same Host header twice", "GET / HTTP/1.1|Host: localhost|Host: localhost||");
        heads.put("a URL of another host", "GET http://other.example/ HTTP/1.1|Host: localhost||");
        heads.put("two lengths", "POST / HTTP/1.1|Host: localhost|Content-Length: 2|Content-Length: 3||{}");
        heads.put("the same length twice", "POST / HTTP/1.1|Host: localhost|Content-Length: 2|Content-Length: 2||{}");
        heads.put("a list of lengths", "POST / HTTP/1.1|Host: localhost|Content-Length: 2, 2||{}");
        heads.put("a signed length", "POST / HTTP/1.1|Host: localhost|Content-Length: +2||{}");
        heads.put("a hexadecimal length", "POST / HTTP/1.1|Host: localhost|Content-Length: 0x2||{}");
        heads.put("an empty length", "POST / HTTP/1.1|Host: localhost|Content-Length: ||{}");
        heads.put(
                "a length and chunks",
                "POST / HTTP/1.1|Host: localhost|Content-Length: 2|Transfer-Encoding: chunked||0||");
        heads.put("a coding like chunked", "POST / HTTP/1.1|Host: localhost|Transfer-Encoding: xchunked||2|{}|0||");
        heads.put("a quoted coding", "POST / HTTP/1.1|Host: localhost|Transfer-Encoding: \"chunked\"||2|{}|0||");
        heads.put(
                "a coding that is not served",
                "POST / HTTP/1.1|Host: localhost|Transfer-Encoding: gzip, chunked||2|{}|0||");
        heads.put("chunked not last", "POST / HTTP/1.1|Host: localhost|Transfer-Encoding: chunked, identity||2|{}|0||");
        heads.put("chunked twice", "POST / HTTP/1.1|Host: localhost|Transfer-Encoding: chunked, chunked||2|{}|0||");
        heads.put(
                "two codings",
                "POST / HTTP/1.1|Host: localhost|Transfer-Encoding: chunked|Transfer-Encoding: identity||2|{}|0||");
        heads.put(
                "identity and a length",
                "POST / HTTP/1.1|Host: localhost|Transfer-Encoding: identity|Content-Length: 2||{}");
        heads.put("chunks in HTTP/1.0", "POST / HTTP/1.0|Host: localhost|Transfer-Encoding: chunked||2|{}|0||");
        heads.put(
                "a coding after a vertical tab",
                "POST / HTTP/1.1|Host: localhost|Transfer-Encoding: \u000bchunked||2|{}|0||");
        heads.put("a space before the colon", "POST / HTTP/1.1|Host: localhost|Content-Length : 2||{}");
        heads.put("a tab before the colon", "POST / HTTP/1.1|Host: localhost|Transfer-Encoding\t: chunked||0||");
        heads.put("a space in a name", "GET / HTTP/1.1|Host: localhost|X Y: a||");
        heads.put("a header without a name", "GET / HTTP/1.1|Host: localhost|: a||");
        heads.put("a header without a colon", "GET / HTTP/1.1|Host: localhost|name||");
        heads.put("NUL in a name", "GET / HTTP/1.1|Host: localhost|X\u0000: a||");
        heads.put("NUL in a value", "GET / HTTP/1.1|Host: localhost|X: a\u0000b||");
        heads.put("a folded line", "GET / HTTP/1.1|Host: localhost|X: a| b||");
        heads.put("a line folded with a tab", "GET / HTTP/1.1|Host: localhost|X: a|\tb||");
        heads.put("a folded coding", "POST / HTTP/1.1|Host: localhost|Transfer-Encoding:| chunked||0||");
        heads.put("a folded empty line", "GET / HTTP/1.1|Host: localhost|X: a| |Y: b||");
        heads.put("a folded first line", "GET / HTTP/1.1| X: a|Host: localhost||");
        heads.put("a bare LF after the request line", "GET / HTTP/1.1§Host: localhost||");
        heads.put("a bare LF between headers", "GET / HTTP/1.1|Host: localhost|X: a§Y: b||");
        heads.put("a bare LF at the end", "GET / HTTP/1.1|Host: localhost|§");
        heads.put("bare LFs only", "GET / HTTP/1.1§Host: localhost§§");
        heads.put("a bare CR in a value", "GET / HTTP/1.1|Host: localhost|X: a¦Y: b||");
        heads.put("a bare CR before a name", "GET / HTTP/1.1|Host: localhost|¦X: a||");
        heads.put("a bare CR in the request line", "GET /¦ HTTP/1.1|Host: localhost||");
        heads.put("HTTP/9.9", "GET / HTTP/9.9|Host: localhost||");
        heads.put("HTTP/1.2", "GET / HTTP/1.2|Host: localhost||");
        heads.put("HTTP/2.0 in a request line", "GET / HTTP/2.0|Host: localhost||");
        heads.put("a version with a zero before it", "GET / HTTP/01.1|Host: localhost||");
        heads.put("a version in small letters", "GET / http/1.1|Host: localhost||");
        heads.put("no version", "GET /||");
        heads.put("two spaces", "GET  / HTTP/1.1|Host: localhost||");
        heads.put("tabs for spaces", "GET\t/\tHTTP/1.1|Host: localhost||");
        heads.put("a space at the beginning", " GET / HTTP/1.1|Host: localhost||");
        heads.put("a space at the end", "GET / HTTP/1.1 |Host: localhost||");
        heads.put("a control character in the target", "GET /\u0001 HTTP/1.1|Host: localhost||");
        heads.put("control characters before the method", "\u0001\u0002GET / HTTP/1.1|Host: localhost||");
        heads.put("a target that is no path", "GET x HTTP/1.1|Host: localhost||");
        heads.put("a method with a parenthesis", "GE(T / HTTP/1.1|Host: localhost||");
        heads.put("garbage without an end", "\u0000\u0001\u0002garbage");
        heads.put("one long word", "a".repeat(3_000));
        heads.put(
                "a hello of TLS",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "x".repeat(500));
        heads.put("a greeting of SSH", "SSH-2.0-OpenSSH_9.6|");
        return heads;
    }

    /** The head is a request; the connection ends with the body. */
    private static Map<String, String> bodies() {
        Map<String, String> bodies = new LinkedHashMap<>();
        bodies.put("a chunk's size that is no number", "ZZ|{}|0||");
        bodies.put("a negative chunk", "-2|{}|0||");
        bodies.put("a chunk's size with a sign", "+2|{}|0||");
        bodies.put("a chunk's size with 0x", "0x2|{}|0||");
        bodies.put("a chunk's size beyond 32 bits", "100000002|{}|0||");
        bodies.put("a chunk's size beyond 64 bits", "10000000000000002|{}|0||");
        bodies.put("a bare LF after a chunk's size", "2§{}|0||");
        bodies.put("a bare LF after a chunk", "2|{}§0||");
        bodies.put("a bare LF in a chunk's extension", "2;a=§b|{}|0||");
        bodies.put("a chunk that does not end", "2|{}xx0||");
        bodies.put("a folded trailer", "2|{}|0|X: y| z||");
        bodies.put("a bare LF in a trailer", "2|{}|0|X: y§|");
        bodies.put("a trailer without a name", "2|{}|0|: y||");
        return bodies;
    }

    /**
     * Sends each of them, with a request to be smuggled behind it, to a server on this machine.
     *
     * @throws AssertionError that names each that was not refused, with what came back
     */
    public static void isRefusedBy(int port) {
        List<String> findings = new ArrayList<>();
        heads().forEach((name, head) -> {
            String answer = answer(port, (head.contains("|") || head.contains("§")) ? bytes(head) + SMUGGLED : head);
            if (!answer.matches("(?s)HTTP/1\\.[01] 400 .*") || answers(answer) != 1 || answer.endsWith("(open)")) {
                findings.add(name + ": " + answer);
            }
        });
        bodies().forEach((name, body) -> {
            String answer = answer(port, CHUNKED + bytes(body) + SMUGGLED);
            if (answers(answer) > 1 || answer.endsWith("(open)")) {
                findings.add(name + ": " + answer);
            }
        });
        if (!findings.isEmpty()) {
            throw new AssertionError("not refused:\n" + String.join("\n", findings));
        }
    }

    private static String bytes(String pattern) {
        return pattern.replace("|", "\r\n").replace('¦', '\r').replace('§', '\n');
    }

    private static int answers(String text) {
        return text.split("HTTP/1\\.[01] \\d{3} ", -1).length - 1;
    }

    /** All that comes until the server closes, and "(open)" where it does not. */
    private static String answer(int port, String latin1) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) AT_ONCE.toMillis());
            socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            byte[] some = new byte[8_192];
            for (int length = socket.getInputStream().read(some);
                    length >= 0;
                    length = socket.getInputStream().read(some)) {
                read.write(some, 0, length);
            }
        } catch (SocketTimeoutException open) {
            return read.toString(StandardCharsets.ISO_8859_1) + "(open)";
        } catch (SocketException reset) {
            // It closes with bytes of ours unread.
        } catch (IOException e) {
            throw new AssertionError("cannot be reached", e);
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }
}

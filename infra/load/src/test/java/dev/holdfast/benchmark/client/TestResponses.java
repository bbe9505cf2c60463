package dev.holdfast.benchmark.client;

import java.nio.charset.StandardCharsets;

/** Responses as a server would have sent them, whole. */
public final class TestResponses {
    private TestResponses() {}

    public static Response ok(String body) {
        return parsed("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    static Response parsed(String text) {
        Response response = new Response();
        if (!feed(response, text)) {
            throw new IllegalArgumentException("not a whole response: " + text);
        }
        return response;
    }

    static boolean feed(Response response, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, response.room(bytes.length), response.length(), bytes.length);
        return response.added(bytes.length);
    }
}

package dev.holdfast.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The shell scripts that cloud-init runs once; what is common to both hosts stands before what is not. */
final class FirstBoot {
    private FirstBoot() {}

    /** The script of that name, with each @WORD@ replaced; values may be tokens of the CDK. */
    static String script(String name, Map<String, String> words, Map<String, String> moreWords) {
        String text = read("common.sh") + read(name);
        for (var entry : words.entrySet()) {
            text = text.replace("@" + entry.getKey() + "@", entry.getValue());
        }
        for (var entry : moreWords.entrySet()) {
            text = text.replace("@" + entry.getKey() + "@", entry.getValue());
        }
        return text;
    }

    private static String read(String name) {
        try (InputStream script = FirstBoot.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

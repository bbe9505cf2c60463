package dev.holdfast.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The scripts of the pages are source code like any other. */
class ScriptsTest {
    private static final Path ASSETS = Path.of("src/main/resources/META-INF/resources/assets");
    private static final int LINE = 120;

    @Test
    void noLineIsLongerThanAScreenIsWide() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path script : scripts()) {
            List<String> lines = Files.readAllLines(script);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).length() > LINE) {
                    tooLong.add(script + ":" + (i + 1));
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    /** The pages work where nothing but the dashboard is reachable. */
    @Test
    void noScriptAsksAnotherHost() throws IOException {
        for (Path script : scripts()) {
            assertThat(Files.readString(script)).as(script.toString()).doesNotContainPattern("https?://");
        }
    }

    private static List<Path> scripts() throws IOException {
        try (var files = Files.walk(ASSETS)) {
            List<Path> scripts =
                    files.filter(file -> file.toString().endsWith(".js")).toList();
            assertThat(scripts).isNotEmpty();
            return scripts;
        }
    }
}

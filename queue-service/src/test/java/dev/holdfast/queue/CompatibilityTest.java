package dev.holdfast.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.queue.api.SmithyModel;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** COMPATIBILITY.md cannot lie: what it claims is proved by tests that exist, and nothing of the API is left out. */
class CompatibilityTest {
    private static final Path TABLES = Path.of("COMPATIBILITY.md");
    private static final Pattern PROOF = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");
    private static final int COLUMNS = 4;

    /** A row of a table: a name, how exact it is, what there is to say, and the tests that prove it. */
    private record Row(String section, String name, String state, String remark, String proof) {}

    private final List<Row> rows = read();
    private final SmithyModel model = SmithyModel.get();

    @Test
    void everyActionHasARow() {
        assertThat(names("Actions")).containsExactlyInAnyOrderElementsOf(model.actions());
    }

    @Test
    void everyQueueAttributeHasARow() {
        assertThat(names("Queue attributes")).containsExactlyInAnyOrderElementsOf(model.valuesOf("QueueAttributeName"));
    }

    @Test
    void everySystemAttributeOfAMessageHasARow() {
        assertThat(names("System attributes of messages"))
                .containsExactlyInAnyOrderElementsOf(model.valuesOf("MessageSystemAttributeName"));
    }

    @Test
    void everyErrorOfTheModelHasARow() {
        assertThat(names("Errors"))
                .containsAll(
                        model.errors().stream().map(SmithyModel.Refusal::shape).toList());
    }

    @Test
    void everyRowSaysHowExactItIsAndWhyWhereItDiffers() {
        assertThat(rows).hasSizeGreaterThan(80).allSatisfy(row -> {
            assertThat(row.state).as(row.name).isIn("exact", "differs", "not offered");
            assertThat(row.state.equals("exact") || !row.remark.isBlank())
                    .as(row.name)
                    .isTrue();
        });
    }

    @Test
    void everyRowIsProvedByTestsThatExist() throws IOException, URISyntaxException {
        Map<String, Class<?>> classes = testClasses();
        for (Row row : rows) {
            Matcher proof = PROOF.matcher(row.proof);
            int proofs = 0;
            while (proof.find()) {
                proofs++;
                Class<?> type = Objects.requireNonNull(
                        classes.get(proof.group(1)), row.name + ": there is no " + proof.group(1));
                assertThat(Arrays.stream(type.getDeclaredMethods())
                                .filter(method -> method.isAnnotationPresent(Test.class))
                                .map(method -> method.getName()))
                        .as(row.name)
                        .contains(proof.group(2));
            }
            assertThat(proofs).as("proofs of " + row.name).isPositive();
        }
    }

    private List<String> names(String section) {
        return rows.stream()
                .filter(row -> row.section.equals(section))
                .map(Row::name)
                .toList();
    }

    private static List<Row> read() {
        List<Row> rows = new ArrayList<>();
        String section = "";
        try {
            for (String line : Files.readAllLines(TABLES)) {
                if (line.startsWith("## ")) {
                    section = line.substring(3);
                } else if (line.startsWith("| `")) {
                    String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
                    assertThat(cells).as(line).hasSize(COLUMNS);
                    rows.add(new Row(
                            section, cells[0].strip().replace("`", ""), cells[1].strip(), cells[2].strip(), cells[3]));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private static Map<String, Class<?>> testClasses() throws IOException, URISyntaxException {
        Path root = Path.of(CompatibilityTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Map<String, Class<?>> classes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(path -> path.toString().matches(".*/\\w+(IT|Test)\\.class"))
                    .toList()) {
                String name = root.relativize(file).toString().replace('/', '.');
                try {
                    Class<?> type = Class.forName(
                            // Not initialised: some start a server, which is not built yet.
                            name.substring(0, name.length() - ".class".length()),
                            false,
                            CompatibilityTest.class.getClassLoader());
                    classes.put(type.getSimpleName(), type);
                } catch (ClassNotFoundException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return classes;
    }
}

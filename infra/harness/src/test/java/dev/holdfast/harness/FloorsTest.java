package dev.holdfast.harness;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FloorsTest {
    private final Floors floors = Floors.of("house", "", "attic", "attic.chest", "ground");

    @TempDir
    Path sources = Path.of("");

    @BeforeEach
    void buildTheHouse() throws IOException {
        write("", "Roof", "import house.attic.Lamp;\nimport static house.ground.Door.open;");
        write("attic", "Lamp", "import house.attic.chest.Doll;\nimport java.util.List;");
        write("attic.chest", "Doll", "");
        write("ground", "Door", "");
    }

    @Test
    void ofUsesThatAllGoDownNothingIsSaid() {
        assertThatCode(() -> floors.check(sources)).doesNotThrowAnyException();
    }

    @Test
    void useOfAFloorAboveIsFoundAndNamesBothFiles() throws IOException {
        write("ground", "Cellar", "import house.attic.chest.Doll;");

        assertThatThrownBy(() -> floors.check(sources))
                .isInstanceOf(AssertionError.class)
                .hasMessage("upwards: " + file("ground", "Cellar") + " uses " + file("attic.chest", "Doll"));
    }

    @Test
    void circleIsFoundAndNamesTheFilesOfEachOfItsSteps() throws IOException {
        write("ground", "Ladder", "import static house.attic.Lamp.on;");
        write("attic.chest", "Letter", "import house.ground.Door;");

        assertThatThrownBy(() -> floors.check(sources))
                .hasMessageContaining("upwards: " + file("ground", "Ladder") + " uses " + file("attic", "Lamp"))
                .hasMessageContaining("in a circle: " + file("attic", "Lamp") + " uses " + file("attic.chest", "Doll")
                        + "; " + file("attic.chest", "Letter") + " uses " + file("ground", "Door")
                        + "; " + file("ground", "Ladder") + " uses " + file("attic", "Lamp"));
    }

    @Test
    void useByTheWholeNameInTheCodeIsFoundLikeAnImport() throws IOException {
        write("ground", "Cellar", "class Cellar { house.attic.Lamp lamp; }");

        assertThatThrownBy(() -> floors.check(sources)).hasMessageContaining("Lamp.java");
    }

    @Test
    void importOfAWholePackageIsFound() throws IOException {
        write("ground", "Cellar", "import house.attic.*;");

        assertThatThrownBy(() -> floors.check(sources))
                .hasMessageContaining(
                        "upwards: " + file("ground", "Cellar") + " uses " + sources.resolve("house/attic"));
    }

    @Test
    void packageWithoutAFloorAndFloorWithoutAPackageAreFound() throws IOException {
        write("garden", "Tree", "");
        Files.delete(file("attic.chest", "Doll"));

        assertThatThrownBy(() -> floors.check(sources))
                .hasMessage("package garden has no floor\nfloor attic.chest has no file");
    }

    @Test
    void emptyFolderIsNoHouse(@TempDir Path empty) {
        assertThatThrownBy(() -> floors.check(empty)).hasMessageStartingWith("no Java file in ");
    }

    private void write(String packageName, String type, String text) throws IOException {
        Path file = file(packageName, type);
        Files.createDirectories(file.getParent());
        String whole = packageName.isEmpty() ? "house" : "house." + packageName;
        Files.writeString(file, "package " + whole + ";\n" + text + "\n");
    }

    private Path file(String packageName, String type) {
        return sources.resolve("house").resolve(packageName.replace('.', '/')).resolve(type + ".java");
    }
}

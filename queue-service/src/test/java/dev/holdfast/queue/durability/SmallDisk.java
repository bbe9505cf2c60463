package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.harness.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A file system of its own, small enough to be filled. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where this user may not mount. */
    static SmallDisk mountedAt(Path folder, int sizeMebibytes) throws IOException {
        Files.createDirectories(folder);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + sizeMebibytes + "m", "none", folder.toString());
        assumeTrue(mounted, "a small disk is a tmpfs, and only root may mount one");
        return new SmallDisk(folder);
    }

    Path folder() {
        return folder;
    }

    /** Somebody else takes all that is left. */
    void fill() throws IOException {
        assertThat(run("dd", "if=/dev/zero", "of=" + folder.resolve("other"), "bs=64k"))
                .as("dd ends because the disk is full")
                .isFalse();
        assertThat(Files.getFileStore(folder).getUsableSpace()).isZero();
    }

    /** … and gives it back. */
    void relieve() throws IOException {
        Files.delete(folder.resolve("other"));
    }

    /** As the kernel does with a file system that it does not trust any more; nobody may have a file open for writing. */
    void makeReadOnly() {
        remount("ro");
    }

    void makeWritable() {
        remount("rw");
    }

    private void remount(String how) {
        assertThat(run("mount", "-o", "remount," + how, folder.toString()))
                .as("remount %s", how)
                .isTrue();
    }

    private static boolean run(String... command) {
        return Program.of(command).run(Duration.ofMinutes(1)).exitCode() == 0;
    }

    @Override
    public void close() {
        assertThat(run("umount", folder.toString())).as("umount %s", folder).isTrue();
    }
}

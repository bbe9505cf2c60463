package dev.holdfast.queue.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The disk of a server under test, with faults on demand: see {@code src/test/native/faulty-disk.c}. */
final class FaultyDisk {
    private final String library;
    private final Path folder;
    private final Path socket;

    private FaultyDisk(String library, Path folder, Path socket) {
        this.library = library;
        this.folder = folder;
        this.socket = socket;
    }

    /** Skips the test where that library cannot be had. */
    static FaultyDisk under(Path folder) throws IOException {
        return new FaultyDisk(PreloadedLibrary.of("faulty-disk"), folder.toRealPath(), folder.resolve("disk.sock"));
    }

    /** What the environment of the server must say so that its files in the folder are on this disk. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library,
                "FAULTY_DISK_FOLDER", folder.toString(),
                "FAULTY_DISK_SOCKET", socket.toString());
    }

    /** The power goes: whatever was not synced is gone, and so is the process. Returns how many writes that were. */
    int cutPower() throws IOException {
        return undone(ask("cut"));
    }

    /** The power goes, and of the pages that were not synced some had reached the disk. */
    int cutPowerLeavingSomePages(long seed) throws IOException {
        return undone(ask("cut " + Long.toUnsignedString(seed)));
    }

    private static int undone(String answer) {
        assertThat(answer).startsWith("cut unsynced=");
        return Integer.parseInt(answer.substring(answer.indexOf('=') + 1));
    }

    /** The n-th sync from now on fails, and what it was to write is lost. */
    void failSync(int n) throws IOException {
        assertThat(ask("fail-sync " + n)).isEqualTo("ok");
    }

    /** The next sync of a thread fails, and what it was to write is lost; the thread learns it only after a while. */
    void failNextSyncOf(String thread, Duration late) throws IOException {
        assertThat(ask("fail-sync-of " + thread + " " + late.toMillis())).isEqualTo("ok");
    }

    /**
     * The n-th write from now on and all after it fail.
     *
     * @param error EIO or EROFS
     */
    void failWrites(int n, String error) throws IOException {
        assertThat(ask("fail-writes " + n + " " + error)).isEqualTo("ok");
    }

    /** Every sync takes so much longer. */
    void slowSyncs(Duration longer) throws IOException {
        assertThat(ask("slow-sync " + longer.toMillis())).isEqualTo("ok");
    }

    /** The disk takes so many bytes more. */
    void leaveSpace(long bytes) throws IOException {
        assertThat(ask("space " + bytes)).isEqualTo("ok");
    }

    void leaveSpaceEnough() throws IOException {
        leaveSpace(-1);
    }

    /** Whether the library sees what SQLite does. */
    void seesWritesAndSyncs() throws IOException {
        assertThat(ask("counts")).matches("writes=[1-9]\\d* syncs=[1-9]\\d*");
    }

    private String ask(String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            ByteBuffer answer = ByteBuffer.allocate(256);
            while (channel.read(answer) >= 0) {
                // Until the library closes its end.
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8).strip();
        }
    }
}

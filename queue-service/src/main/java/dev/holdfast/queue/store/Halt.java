package dev.holdfast.queue.store;

/**
 * Ends the process at once, without a clean close: after an I/O error the kernel may have dropped pages that were never
 * written ("Can Applications Recover from fsync Failures?", USENIX ATC 2020), so only a fresh start knows what the disk
 * holds. Injected, so that a test survives it.
 */
@FunctionalInterface
public interface Halt {
    /** The exit code of a halted process, EX_IOERR of sysexits.h. */
    int EXIT_CODE = 74;

    void halt(String why);
}

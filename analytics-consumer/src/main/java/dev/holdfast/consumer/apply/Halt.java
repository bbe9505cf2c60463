package dev.holdfast.consumer.apply;

/** Ends the process at once, without closing anything; injected, so that tests survive it. */
@FunctionalInterface
public interface Halt {
    /** The exit code of a process that was killed: 128 + SIGKILL. */
    int EXIT_CODE = 137;

    /** The reason is one line for the log. */
    void now(String reason);
}

package dev.holdfast.kit.start;

/** The process cannot start as things are. The message is one line that says why and what to do. */
public class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefusedException(String message) {
        super(message, null, false, false);
    }
}

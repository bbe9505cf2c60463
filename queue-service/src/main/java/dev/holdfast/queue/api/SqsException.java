package dev.holdfast.queue.api;

/** A refusal on its way to the client: an error of the protocol and a sentence. It carries no stack trace. */
public final class SqsException extends RuntimeException {
    /** A sentence may quote what a client has sent; nobody shall get back megabytes of it. */
    private static final int MAX_SENTENCE_CHARS = 1_000;

    private final SqsError error;

    SqsException(SqsError error, String message) {
        super(shortened(message), null, false, false);
        this.error = error;
    }

    private static String shortened(String sentence) {
        if (sentence.length() <= MAX_SENTENCE_CHARS) {
            return sentence;
        }
        int end = Character.isHighSurrogate(sentence.charAt(MAX_SENTENCE_CHARS - 1))
                ? MAX_SENTENCE_CHARS - 1
                : MAX_SENTENCE_CHARS;
        return sentence.substring(0, end) + "…";
    }

    public SqsError error() {
        return error;
    }

    /** The sentence for the client. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

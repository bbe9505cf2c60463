package dev.holdfast.dashboard.message;

/**
 * Which messages are shown when there are too many for the eye: one in 2, 4, 8 … The choice is the message id's, so
 * that a message which is shown is shown through its whole life, and those of a larger share contain those of a smaller
 * one. For one thread.
 */
final class Share {
    /** Transitions a frame above which the share is halved, and below which it is doubled. */
    private static final int MANY = 36;

    private static final int FEW = 14;
    private static final int SMALLEST = 1 << 14;

    private int oneIn = 1;

    /** One message in so many. */
    int oneIn() {
        return oneIn;
    }

    boolean contains(String messageId) {
        return oneIn == 1 || (hash(messageId) & (oneIn - 1)) == 0;
    }

    /** Adapts the share to what a frame brought. */
    void adapt(long transitions) {
        while (transitions / oneIn > MANY && oneIn < SMALLEST) {
            oneIn *= 2;
        }
        if (transitions / oneIn < FEW && oneIn > 1) {
            oneIn /= 2;
        }
    }

    /** FNV-1a with its last bits mixed; assets/pipe/share.js has the same. */
    static int hash(String messageId) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < messageId.length(); i++) {
            hash = (hash ^ messageId.charAt(i)) * 0x01000193;
        }
        return hash ^ (hash >>> 15);
    }
}

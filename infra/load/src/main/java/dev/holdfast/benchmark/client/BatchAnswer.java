package dev.holdfast.benchmark.client;

/** Reads how many entries of a send or delete succeeded, without a JSON parser: by the names of the members that each entry has. */
public final class BatchAnswer {
    /** What {@link #succeeded} returns when the answer lists an entry that failed. */
    public static final int FAILED = -1;

    private BatchAnswer() {}

    /** The entries of {@code Successful}, told by their {@code "Id"}; {@link #FAILED} when any entry stands in {@code Failed}. */
    public static int succeeded(Response response) {
        byte[] bytes = response.bytes();
        int ids = 0;
        for (int i = response.bodyStart(); i < response.bodyEnd() - 4; i++) {
            if (bytes[i] != '"') {
                continue;
            }
            if (bytes[i + 1] == 'I' && bytes[i + 2] == 'd' && bytes[i + 3] == '"') {
                ids++;
            } else if (bytes[i + 1] == 'S' && bytes[i + 2] == 'e' && bytes[i + 3] == 'n') {
                return FAILED; // SenderFault stands in every failed entry and nowhere else.
            }
        }
        return ids;
    }
}

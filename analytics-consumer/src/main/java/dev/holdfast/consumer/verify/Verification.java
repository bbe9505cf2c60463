package dev.holdfast.consumer.verify;

/** What {@code verify} found. */
record Verification(Recount recount, Proof proof) {
    boolean isGood() {
        return recount.differences().isEmpty() && !Boolean.FALSE.equals(proof.balanced());
    }
}

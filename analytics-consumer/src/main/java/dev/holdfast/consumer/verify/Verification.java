package dev.holdfast.consumer.verify;

/** What {@code verify} found. */
record Verification(Recount recount, Findings proof) {
    boolean isGood() {
        return recount.differences().isEmpty()
                && !Boolean.FALSE.equals(proof.proof().balanced());
    }
}

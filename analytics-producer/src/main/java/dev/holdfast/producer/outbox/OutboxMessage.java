package dev.holdfast.producer.outbox;

/**
 * One message that the queue has not acknowledged yet.
 *
 * @param sequence its number in the producer's sequence, from 1
 * @param maybeSent whether an earlier attempt may have reached the queue, so that a resend may leave a spare copy
 */
public record OutboxMessage(long sequence, String body, boolean poison, boolean maybeSent) {
    public OutboxMessage withUnknownOutcome() {
        return maybeSent ? this : new OutboxMessage(sequence, body, poison, true);
    }
}

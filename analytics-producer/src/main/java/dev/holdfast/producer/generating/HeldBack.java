package dev.holdfast.producer.generating;

/** Why generating rests although it is wanted: the queue is not reached, the outbox is full, or the disk is. */
public enum HeldBack {
    QUEUE,
    OUTBOX_FULL,
    DISK
}

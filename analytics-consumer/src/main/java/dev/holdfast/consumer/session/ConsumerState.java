package dev.holdfast.consumer.session;

/** What a live consumer is doing, with its name in the database and in the status. */
public enum ConsumerState {
    STARTING("starting"),
    RUNNING("running"),
    PAUSED("paused"),
    WAITING_FOR_QUEUE("waiting-for-queue"),
    QUEUE_UNREACHABLE("queue-unreachable"),
    STOPPING("stopping");

    private final String column;

    ConsumerState(String column) {
        this.column = column;
    }

    public String column() {
        return column;
    }
}

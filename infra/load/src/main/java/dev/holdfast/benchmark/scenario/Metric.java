package dev.holdfast.benchmark.scenario;

/** What a measurement can show, in the order of the table's columns. */
public enum Metric {
    RATE("messages/s", Better.HIGHER),
    SERVER_CPU("server CPU, µs a message", Better.LOWER),
    SEND_P50("send p50, ms", Better.LOWER),
    SEND_P99("send p99, ms", Better.LOWER),
    SEND_P999("send p99.9, ms", Better.LOWER),
    WAKE_P50("wake-up p50, ms after the send's answer", Better.LOWER),
    WAKE_P99("wake-up p99, ms after the send's answer", Better.LOWER),
    IDLE_CPU("CPU while idle, % of a core", Better.LOWER),
    START("ready after, ms", Better.LOWER),
    RESIDENT("resident, MiB", Better.LOWER),
    FILES("files, MiB", Better.NEITHER),
    FILL_RATE("fill, messages/s", Better.HIGHER),
    CLIENT_CPU("client CPU, µs a request", Better.NEITHER),
    OTHERS_CPU("CPU taken by others, %", Better.NEITHER);

    /** Which direction is an advantage. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    private final String title;
    private final Better better;

    Metric(String title, Better better) {
        this.title = title;
        this.better = better;
    }

    public String title() {
        return title;
    }

    public Better better() {
        return better;
    }
}

package dev.holdfast.producer.config;

/** What the control API and the configuration may ask for. */
public final class RateLimits {
    /** Events per second: one in ten seconds. */
    public static final double MIN = 0.1;

    /** Events per second: what one small machine sends through the outbox with room to spare. */
    public static final double MAX = 5_000;

    /** Events of one burst, and of all bursts not generated yet: some minutes of work at the highest rate. */
    public static final long BURST_MAX = 1_000_000;

    /** Poison of one call, and in all not generated yet: enough to see, not enough to fill a dead-letter queue by mistake. */
    public static final long POISON_MAX = 10_000;

    private RateLimits() {}
}

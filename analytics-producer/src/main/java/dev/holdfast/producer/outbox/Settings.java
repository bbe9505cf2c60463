package dev.holdfast.producer.outbox;

/**
 * What the control API has asked for; it survives restarts.
 *
 * @param rate events per second while running
 * @param burstRemaining events of bursts not generated yet
 * @param poisonRemaining poison events not generated yet
 */
public record Settings(boolean running, double rate, long burstRemaining, long poisonRemaining) {
    public Settings withRunning(boolean value) {
        return new Settings(value, rate, burstRemaining, poisonRemaining);
    }

    public Settings withRate(double value) {
        return new Settings(running, value, burstRemaining, poisonRemaining);
    }

    public Settings withBurstRemaining(long value) {
        return new Settings(running, rate, value, poisonRemaining);
    }

    public Settings withPoisonRemaining(long value) {
        return new Settings(running, rate, burstRemaining, value);
    }
}

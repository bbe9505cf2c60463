package dev.holdfast.producer.config;

import dev.holdfast.kit.start.StartRefusedException;
import java.time.Duration;
import java.util.Currency;

/** Says in one line which setting is wrong, before anything is opened. */
public final class ConfigCheck {
    private static final Duration LONGEST_VISIBILITY = Duration.ofHours(12);

    private ConfigCheck() {}

    /** @throws StartRefusedException for a setting outside its limits */
    public static void check(ProducerConfig config) {
        require(
                config.rate() >= RateLimits.MIN && config.rate() <= RateLimits.MAX,
                "producer.rate must be %s to %s events per second, not %s"
                        .formatted(RateLimits.MIN, RateLimits.MAX, config.rate()));
        require(
                isCurrency(config.currency()),
                "producer.currency must be a code of ISO 4217 such as USD, not " + config.currency());
        require(
                !config.visibilityTimeout().isNegative()
                        && config.visibilityTimeout().compareTo(LONGEST_VISIBILITY) <= 0,
                "producer.visibility-timeout must be 0 s to 12 h, not " + config.visibilityTimeout());
        require(
                config.batchesInFlight() >= 1 && config.batchesInFlight() <= 64,
                "producer.batches-in-flight must be 1 to 64, not " + config.batchesInFlight());
        require(
                config.outboxLimit() >= 100 && config.outboxLimit() <= 1_000_000,
                "producer.outbox-limit must be 100 to 1,000,000 messages, not " + config.outboxLimit());
        require(
                isPositive(config.callTimeout()) && config.callTimeout().toSeconds() <= 60,
                "producer.call-timeout must be more than 0 and at most 60 s, not " + config.callTimeout());
        require(
                isPositive(config.backoff().first())
                        && config.backoff().first().compareTo(config.backoff().max()) <= 0,
                "producer.backoff.first must be more than 0 and at most producer.backoff.max");
        require(
                config.rhythm().amplitude() >= 0 && config.rhythm().amplitude() <= 0.9,
                "producer.rhythm.amplitude must be 0 to 0.9, not "
                        + config.rhythm().amplitude());
        require(
                config.rhythm().dayLength().toSeconds() >= 1,
                "producer.rhythm.day-length must be at least 1 s, not "
                        + config.rhythm().dayLength());
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new StartRefusedException(message);
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static boolean isCurrency(String code) {
        try {
            return Currency.getInstance(code).getDefaultFractionDigits() >= 0;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}

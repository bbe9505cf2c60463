package dev.holdfast.consumer.config;

import dev.holdfast.consumer.apply.Pace;
import dev.holdfast.kit.start.StartRefusedException;
import java.time.Duration;
import java.util.regex.Pattern;

/** The limits of what is configured, each said in words that name the setting. */
public final class ConsumerConfigCheck {
    private static final Pattern NAME_FORM = Pattern.compile("[A-Za-z0-9_.-]{1,40}");
    private static final Pattern QUEUE_FORM = Pattern.compile("[A-Za-z0-9_-]{1,80}");
    private static final int MAX_RECEIVERS = 64;

    private ConsumerConfigCheck() {}

    /** @throws StartRefusedException for a setting outside its limits */
    public static void check(ConsumerConfig config) {
        require(
                NAME_FORM.matcher(config.name()).matches(),
                "consumer.name is '" + config.name() + "', allowed are 1 to 40 letters, digits, _ . and -");
        require(
                QUEUE_FORM.matcher(config.queue()).matches(),
                "consumer.queue is '" + config.queue() + "', not the name of a standard queue");
        require(
                config.receivers() >= 1 && config.receivers() <= MAX_RECEIVERS,
                "consumer.receivers is " + config.receivers() + ", allowed are 1 to " + MAX_RECEIVERS);
        require(
                config.slowMillis() >= 0 && config.slowMillis() <= Pace.MAX_SLOW_MILLIS,
                "consumer.slow-millis is " + config.slowMillis() + ", allowed are 0 to " + Pace.MAX_SLOW_MILLIS);
        require(
                config.keep().events() >= 0,
                "consumer.keep.events is " + config.keep().events() + ", must not be negative");
        positive("consumer.keep.age", config.keep().age());
        positive("consumer.keep.minutes", config.keep().minutes());
        positive("consumer.keep.hours", config.keep().hours());
    }

    private static void positive(String name, Duration duration) {
        require(
                duration.compareTo(Duration.ofHours(1)) >= 0,
                name + " is " + duration + ", at least an hour (PT1H) is needed");
    }

    private static void require(boolean holds, String text) {
        if (!holds) {
            throw new StartRefusedException(text);
        }
    }
}

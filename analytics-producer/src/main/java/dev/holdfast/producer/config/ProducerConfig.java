package dev.holdfast.producer.config;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is generated, how fast, and how it is sent. */
@StaticInitSafe
@ConfigMapping(prefix = "producer")
public interface ProducerConfig {
    /** Whether a new outbox starts running. Afterwards the outbox remembers what the control API said. */
    @WithDefault("true")
    boolean autostart();

    /** Events per second of a new outbox, 0.1 to 5,000. 20 is quick enough to be seen and slow enough to be read. */
    @WithDefault("20")
    double rate();

    /** Makes the catalogue and the prices: the same seed gives the same of both. */
    @WithDefault("42")
    long seed();

    /** ISO 4217; one per outbox, for good. */
    @WithDefault("USD")
    String currency();

    /** Whether missing queues are created: right for one machine, wrong where somebody else owns the queues. */
    @WithDefault("true")
    boolean createQueues();

    /** Visibility timeout of a queue created here, whole seconds, 0 to 12 hours. Thirty seconds is Amazon's default. */
    @WithDefault("30s")
    Duration visibilityTimeout();

    /** SendMessageBatch calls at once, 1 to 64. Eight carry 5,000 events/s where an answer takes up to 16 ms. */
    @WithDefault("8")
    int batchesInFlight();

    /** Messages kept before generating rests, 100 to 1,000,000. 10,000 are about 5 MB and two seconds at the highest rate. */
    @WithDefault("10000")
    int outboxLimit();

    /** One attempt of one SQS call. Longer than a slow answer, shorter than the ten seconds given to a stopping process. */
    @WithDefault("6s")
    Duration callTimeout();

    Backoff backoff();

    Rhythm rhythm();

    /** The wait between attempts while the queue is not reached. */
    interface Backoff {
        /** After the first failure; doubled after each further one. */
        @WithDefault("200ms")
        Duration first();

        /** The longest wait, and so the longest time to notice that the queue is back. */
        @WithDefault("5s")
        Duration max();
    }

    /** Day and night: trade is livelier in the afternoon than before dawn. */
    interface Rhythm {
        /** How far the rate swings around the set one, 0 (not at all) to 0.9. */
        @WithDefault("0.2")
        double amplitude();

        /** Length of one day. Shorter than a real one, it shows in a chart. */
        @WithDefault("24h")
        Duration dayLength();
    }
}

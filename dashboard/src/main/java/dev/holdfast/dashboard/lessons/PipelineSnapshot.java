package dev.holdfast.dashboard.lessons;

import dev.holdfast.dashboard.PipelineConfig;
import dev.holdfast.dashboard.demo.DemoControl;
import dev.holdfast.dashboard.sampling.ConsumerStatus;
import dev.holdfast.dashboard.sampling.ProducerStatus;
import dev.holdfast.dashboard.sampling.Sample;
import dev.holdfast.dashboard.sampling.Sampler;
import dev.holdfast.dashboard.sampling.StatusClient;
import dev.holdfast.dashboard.sqs.QueueClients;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Remembers how the pipeline was when a lesson began, and puts it back when the lesson ends or its page falls silent.
 * One lesson at a time: there is one pipeline.
 */
@ApplicationScoped
class PipelineSnapshot {
    private static final Logger LOG = Logger.getLogger(PipelineSnapshot.class);

    /** A page that was closed says nothing more; browsers slow one in the background down to a word a minute. */
    private static final Duration SILENT_FOR = Duration.ofSeconds(90);

    /** A killed queue needs its start before anything on it can be put back. */
    private static final Duration GIVE_UP_AFTER = Duration.ofMinutes(10);

    /** Queues made by lessons; nothing else begins like this. */
    static final String PREFIX = "lesson-";

    private final PipelineConfig config;
    private final StatusClient services;
    private final SqsClient sqs;
    private final DemoControl demo;
    private final Sampler sampler;
    private @Nullable Before before;

    PipelineSnapshot(
            PipelineConfig config, StatusClient services, QueueClients clients, DemoControl demo, Sampler sampler) {
        this.config = config;
        this.services = services;
        this.sqs = clients.asking();
        this.demo = demo;
        this.sampler = sampler;
    }

    private record Before(
            Lesson lesson,
            @Nullable ProducerStatus producer,
            @Nullable ConsumerStatus consumer,
            Map<QueueAttributeName, String> queue,
            Instant heardAt) {

        Before heard(Instant now) {
            return new Before(lesson, producer, consumer, queue, now);
        }
    }

    /** Begins a lesson; one that is still open is put back first. */
    synchronized void begin(Lesson lesson, Instant now) {
        if (before != null) {
            putBack();
        }
        Sample sample = sampler.latest().orElse(null);
        before = new Before(
                lesson,
                sample == null ? null : sample.producer().status(),
                sample == null ? null : sample.consumer().status(),
                queueAttributes(),
                now);
    }

    /** The page is still open. */
    synchronized void heard(Instant now) {
        if (before != null) {
            before = before.heard(now);
        }
    }

    /** The lesson under way. */
    synchronized Optional<Lesson> current() {
        return Optional.ofNullable(before).map(Before::lesson);
    }

    /** Called every second: puts back what a closed page left, again and again until it succeeds. */
    synchronized void check(Instant now) {
        if (before != null && before.heardAt().plus(SILENT_FOR).isBefore(now)) {
            boolean done = putBack();
            if (!done && before != null && before.heardAt().plus(GIVE_UP_AFTER).isBefore(now)) {
                LOG.warnf("lesson not put back lesson=%s", before.lesson().slug());
                before = null;
            }
        }
    }

    /** Puts everything back; false when a part does not answer yet. */
    synchronized boolean putBack() {
        Before then = before;
        if (then == null) {
            return true;
        }
        for (DemoControl.ExtraConsumer extra : DemoControl.ExtraConsumer.values()) {
            demo.stopExtra(extra);
        }
        boolean done = all(startWhatRan(then), producer(then), consumer(then), queues(then));
        if (done) {
            LOG.infof("lesson put back lesson=%s", then.lesson().slug());
            before = null;
        }
        return done;
    }

    private boolean startWhatRan(Before then) {
        Sample now = sampler.latest().orElse(null);
        if (!demo.isOpen() || now == null) {
            return true;
        }
        return all(
                start(DemoControl.Service.QUEUE_SERVICE, !now.queue().contact().reachable()),
                start(
                        DemoControl.Service.ANALYTICS_PRODUCER,
                        then.producer() != null && !now.producer().contact().reachable()),
                start(
                        DemoControl.Service.ANALYTICS_CONSUMER,
                        then.consumer() != null && !now.consumer().contact().reachable()));
    }

    /** Each part was tried, whatever became of the others. */
    private static boolean all(boolean... parts) {
        for (boolean part : parts) {
            if (!part) {
                return false;
            }
        }
        return true;
    }

    private boolean start(DemoControl.Service service, boolean wanted) {
        try {
            return !wanted || demo.run(DemoControl.Verb.START, service).exitCode() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean producer(Before then) {
        ProducerStatus was = then.producer();
        return was == null
                || all(
                        command(config.producerUrl(), "rate", "{\"eventsPerSecond\":" + was.requestedRate() + "}"),
                        command(config.producerUrl(), was.running() ? "start" : "stop", "{}"));
    }

    private boolean consumer(Before then) {
        ConsumerStatus was = then.consumer();
        return was == null
                || all(
                        command(
                                config.consumerUrl(),
                                "slow",
                                "{\"millis\":" + was.slowMillis() + ",\"extendVisibility\":" + was.extendVisibility()
                                        + "}"),
                        command(config.consumerUrl(), was.state().equals("paused") ? "pause" : "resume", "{}"));
    }

    private boolean command(URI base, String action, String body) {
        try {
            return services.command(base.resolve("/api/" + action), body).statusCode() < 400;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean queues(Before then) {
        try {
            if (!then.queue().isEmpty()) {
                String url = sqs.getQueueUrl(r -> r.queueName(config.queue())).queueUrl();
                sqs.setQueueAttributes(r -> r.queueUrl(url).attributes(then.queue()));
            }
            List<String> made = sqs.listQueues(r -> r.queueNamePrefix(PREFIX)).queueUrls();
            made.forEach(url -> sqs.deleteQueue(r -> r.queueUrl(url)));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private Map<QueueAttributeName, String> queueAttributes() {
        try {
            String url = sqs.getQueueUrl(r -> r.queueName(config.queue())).queueUrl();
            return sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.VISIBILITY_TIMEOUT))
                    .attributes();
        } catch (SdkException e) {
            return Map.of();
        }
    }
}

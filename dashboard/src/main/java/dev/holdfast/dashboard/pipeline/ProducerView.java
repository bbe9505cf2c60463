package dev.holdfast.dashboard.pipeline;

import dev.holdfast.dashboard.page.Badge;
import dev.holdfast.dashboard.page.Wording;
import dev.holdfast.dashboard.sampling.ProducerStatus;
import dev.holdfast.dashboard.sampling.Sample;
import org.jspecify.annotations.Nullable;

/** The producer as the picture shows it, as last heard. */
record ProducerView(
        Badge badge,
        boolean reachable,
        @Nullable Double rateIn,
        @Nullable ProducerStatus status,
        String note) {

    static ProducerView of(Sample sample) {
        var contact = sample.producer().contact();
        ProducerStatus status = sample.producer().status();
        if (!contact.reachable() || status == null) {
            return new ProducerView(Badge.UNREACHABLE, false, null, status, PipelineView.down(contact));
        }
        Badge badge = Badge.of(status.running() ? "running" : "stopped");
        return new ProducerView(badge, true, sample.rates().in(), status, note(status));
    }

    private static String note(ProducerStatus status) {
        if (!status.queueState().equals("REACHABLE")) {
            return status.queueStateText();
        }
        var error = status.lastError();
        if (error != null && error.resolvedAt() == null) {
            return error.code() + ": " + error.message();
        }
        return status.burstRemaining() > 0 ? "Burst: " + Wording.count(status.burstRemaining()) + " events to go." : "";
    }

    public @Nullable Long outbox() {
        return status == null ? null : (Long) status.outbox();
    }

    public @Nullable Double sendP50Millis() {
        return status == null || status.sendLatencyMillis() == null
                ? null
                : (Double) status.sendLatencyMillis().p50();
    }

    public @Nullable Double sendP99Millis() {
        return status == null || status.sendLatencyMillis() == null
                ? null
                : (Double) status.sendLatencyMillis().p99();
    }

    public boolean running() {
        return reachable && status != null && status.running();
    }

    /** Whether it sends: the pipe moves. */
    public boolean flowing() {
        return rateIn != null && rateIn > 0;
    }

    /** As the field for it wants it. */
    public String requestedRate() {
        double rate = status == null ? 20 : status.requestedRate();
        return rate == Math.rint(rate) ? Long.toString((long) rate) : Double.toString(rate);
    }
}

package dev.holdfast.queue.http;

import dev.holdfast.queue.http.admission.Admission;
import dev.holdfast.queue.http.admission.Budget;
import dev.holdfast.queue.http.netty.Connections;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.inject.Singleton;
import java.util.Locale;

/** What is in hand, and what was turned away at which limit. */
@Singleton
class AdmissionMetrics implements MeterBinder {
    private final Admission admission;
    private final Connections connections;

    AdmissionMetrics(Admission admission, Connections connections) {
        this.admission = admission;
        this.connections = connections;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("holdfast.connections", connections, Connections::open)
                .description("Open connections, counted once a second.")
                .register(registry);
        Gauge.builder("holdfast.bytes.in.hand", admission.messages(), Budget::bytes)
                .baseUnit("bytes")
                .description("Bodies that have arrived and messages on their way out.")
                .register(registry);
        Gauge.builder("holdfast.head.bytes.in.hand", admission.heads(), Budget::bytes)
                .baseUnit("bytes")
                .description(
                        "Heads of requests that arrive, are being served or wait, with what they occupy beside their bytes.")
                .register(registry);
        for (Admission.Refusal why : Admission.Refusal.values()) {
            FunctionCounter.builder("holdfast.limit.reached", admission, refused -> refused.refusals(why))
                    .tag("limit", why.name().toLowerCase(Locale.ROOT))
                    .description("Requests and connections turned away because a limit was reached.")
                    .register(registry);
        }
    }
}

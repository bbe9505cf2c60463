package dev.holdfast.producer.sending;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Remembers the SQS call made last. Thread-safe. */
public final class LastCall implements ExecutionInterceptor {
    /** A call and when it began. */
    public record Call(SdkRequest request, Instant at) {}

    private final InstantSource clock;
    private volatile @Nullable Call last;

    public LastCall(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        last = new Call(context.request(), clock.instant());
    }

    public @Nullable Call last() {
        return last;
    }
}

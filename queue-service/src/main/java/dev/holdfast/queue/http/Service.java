package dev.holdfast.queue.http;

import dev.holdfast.queue.api.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import java.util.concurrent.CompletionStage;

/** What performs a request: SqsService in the server. Completes on any thread. */
@FunctionalInterface
public interface Service {
    CompletionStage<? extends Result> perform(Request request, Call call);
}

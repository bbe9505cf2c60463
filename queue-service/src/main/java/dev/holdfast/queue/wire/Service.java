package dev.holdfast.queue.wire;

import dev.holdfast.queue.Call;
import dev.holdfast.queue.api.Request;
import dev.holdfast.queue.api.Result;
import java.util.concurrent.CompletionStage;

/** What performs a request: SqsService in the server. Completes on any thread. */
@FunctionalInterface
interface Service {
    CompletionStage<? extends Result> perform(Request request, Call call);
}
